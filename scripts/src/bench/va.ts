import { spawn } from 'node:child_process';
import { verify } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseOcspResponse } from '@see/ocsp';
import { parseCertificate } from '@see/x509';
import { freePorts } from '../../../test/support/free-ports.ts';
import type { ServedVa } from '../../../test/support/serve-va.ts';
import { fillSnapshot } from '../../../test/support/va-tables/fill-snapshot.ts';
import { waitUntil } from '../../../test/support/wait-until.ts';
import { makeWorld, type World } from '../../../test/support/world.ts';
import { fillCertificates } from './ocsp/fill-certificates.ts';
import { haveWrk, Load } from './ocsp/load.ts';
import { PinnedProcess } from './ocsp/pinned-process.ts';
import { requestOf } from './ocsp/request-of.ts';
import type { FixedRate } from './va/fixed-rate.ts';
import { insertMass, insertMassOctets } from './va/mass-certificates.ts';

const CERTIFICATES = Number(process.env['SEE_BENCH_CERTIFICATES'] ?? 1_000_000);
/** Sizes at which memory is counted. */
const SIZES = (process.env['SEE_BENCH_SIZES'] ?? '10000,1000000').split(',').map(Number);
const CA = 'individual';
/** Certificates with octets of their own, that clients ask about. */
const REAL = 2_000;
const ROUNDS = 3;
const STARTS = 5;
const SECONDS = 5;
const CONNECTIONS = 32;
const PATIENCE_MS = 1_200_000;

/**
 * What a va with many certificates costs: memory a certificate, time from its start to the first right answer, latency at
 * half of the load that it can take beside bare node:http at the same rate.
 */
export async function benchVa(): Promise<void> {
  if (!haveWrk()) throw new Error('there is nothing to make the load with');
  print(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  for (const count of SIZES) for (const curve of ['prime256v1', 'secp384r1']) await benchMemory(count, curve);
  const world = await makeWorld();
  try {
    await benchStart(world);
  } finally {
    await world.close();
  }
}

async function benchMemory(count: number, curve: string): Promise<void> {
  const script = fileURLToPath(new URL('../../../test/support/va-tables/table-memory.ts', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', script, JSON.stringify({ count, curve })], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const told = await new Promise<Record<string, number>>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Record<string, number>));
    child.once('exit', () => reject(new Error('the process ended before it said what it takes')));
  });
  const each = (name: string) => ((told[name] ?? 0) / count).toFixed(0);
  const counted = (((told['status'] ?? 0) + (told['signatures'] ?? 0)) / count).toFixed(0);
  print(
    `${count} certificates, ${curve}: status ${each('status')} + signature ${each('signatures')} = ${counted} octets each, aim 120; directory ${each('directory')}; resident ${each('rss')} in all`,
  );
}

async function benchStart(world: World): Promise<void> {
  const serials = await fillCertificates(world, CA, REAL);
  const filled = performance.now();
  await insertMass(world, CA, CERTIFICATES);
  print(`${CERTIFICATES} rows inserted in ${since(filled)} s`);
  const first = await startVa(world);
  const askFor = requestOf(world, CA, serials[0] as Uint8Array);
  await first.va.told('loadedAfter');
  // There is no responder key before it has read the database.
  await world.signer.ocspKeys.run();
  await world.signer.crls.run();
  await metric(first.port, 'see_va_ocsp_signed', (count) => count >= REAL);
  await first.va.end();
  const path = join(world.layout.stateDir, 'va', 'status.snapshot');
  rmSync(path);
  const again = await startTimed(world, askFor);
  print(`start without a snapshot: first right answer after ${again.answered.toFixed(1)} s`);
  await again.va.told('loadedAfter');
  await again.va.end();

  await insertMassOctets(world, parseCertificate(await octetsOf(world)).der);
  await fillSnapshot(world, CA, await octetsOf(world));
  const size = (statSync(path).size / 1e6).toFixed(0);
  const starts: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const { va, answered } = await startTimed(world, askFor);
    starts.push(answered);
    await va.told('loadedAfter');
    await va.end();
  }
  starts.sort((one, other) => one - other);
  const times = starts.map((one) => one.toFixed(2)).join(', ');
  print(
    `start from a snapshot of ${size} MB with ${CERTIFICATES} signatures: first right answer after ${(starts[STARTS >> 1] ?? 0).toFixed(2)} s (${times}), aim 2`,
  );
  const started = await startTimed(world, askFor);
  print(`  up to the database after ${((await started.va.told('loadedAfter')) / 1000).toFixed(1)} s`);
  const examining = performance.now();
  try {
    await metric(started.port, 'see_va_certificates_unexamined', (count) => count === 0);
    print(`  the octets of all compared with what was verified ${since(examining)} s later`);
    await benchLatency(world, started, serials);
  } finally {
    await started.va.end();
  }
}

interface Started {
  readonly va: PinnedProcess;
  readonly port: number;
}

async function startVa(world: World): Promise<Started> {
  const [port = 0] = await freePorts(1);
  const told: ServedVa = {
    instance: { ...world.instance, ports: { ...world.instance.ports, va: port } },
    stateDir: join(world.layout.stateDir, 'va'),
    databaseUrl: world.postgres.serviceUrl('va'),
    passphraseFile: join(world.layout.evaluationDir, 'va.passphrase'),
  };
  const va = new PinnedProcess(new URL('../../../test/support/serve-va.ts', import.meta.url), JSON.stringify(told));
  return { va, port };
}

/** Starts va; how many seconds after the start of the process the first right answer came. */
async function startTimed(world: World, request: Uint8Array): Promise<Started & { readonly answered: number }> {
  const from = performance.now();
  const started = await startVa(world);
  await firstAnswer(world, started.port, request);
  return { ...started, answered: (performance.now() - from) / 1000 };
}

async function firstAnswer(world: World, port: number, body: Uint8Array): Promise<void> {
  await waitUntil(
    'the first right answer',
    async () => {
      const response = await fetch(`http://127.0.0.1:${port}/ocsp`, { method: 'POST', body }).catch(() => undefined);
      return response?.status === 200 && isRight(world, new Uint8Array(await response.arrayBuffer()));
    },
    PATIENCE_MS,
  );
}

/** Whether an answer says good, signed by a responder that the CA signed. */
function isRight(world: World, octets: Uint8Array): boolean {
  const { basic } = parseOcspResponse(octets);
  const [certificate] = basic?.certs ?? [];
  const ca = world.signer.cas.get(CA);
  if (!basic || !certificate || !ca || basic.responses[0]?.status.kind !== 'good') return false;
  const delegate = parseCertificate(certificate);
  const key = { key: Buffer.from(delegate.spki), format: 'der', type: 'spki' } as const;
  return (
    verify('sha384', basic.tbs, key, basic.signature) &&
    verify('sha384', delegate.tbs, ca.key.publicKey, delegate.signature)
  );
}

async function benchLatency(world: World, { port }: Started, serials: readonly Uint8Array[]): Promise<void> {
  const paths = serials.map(
    (serial) => `/ocsp/${encodeURIComponent(Buffer.from(requestOf(world, CA, serial)).toString('base64'))}`,
  );
  const answer = await fetch(`http://127.0.0.1:${port}${paths[0]}`);
  const folder = mkdtempSync(join(tmpdir(), 'see-bench-'));
  const file = join(folder, 'answer.der');
  writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
  const list = join(folder, 'paths');
  writeFileSync(list, paths.join('\n'));
  const headers = [...answer.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name)).flat();
  const bare = new PinnedProcess(new URL('ocsp/serve-octets.ts', import.meta.url), JSON.stringify({ headers, file }));
  try {
    const barePort = await bare.told('port');
    const wrk = new Load({ paths });
    const most = Math.min(await wrk.run(port, SECONDS, CONNECTIONS), await wrk.run(port, SECONDS, CONNECTIONS));
    const rate = Math.floor(most / 2);
    const ours: Latency[] = [];
    const theirs: Latency[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      theirs.push(await latency({ port: barePort, rate, seconds: SECONDS, connections: CONNECTIONS, paths: list }));
      ours.push(await latency({ port, rate, seconds: SECONDS, connections: CONNECTIONS, paths: list }));
    }
    const [we, limit] = [median(ours), median(theirs)];
    print(
      `GET at ${rate}/s, half of ${most.toFixed(0)}/s: p50 ${we.p50.toFixed(2)} ms, p99 ${we.p99.toFixed(2)} ms; node:http with the same octets p50 ${limit.p50.toFixed(2)} ms, p99 ${limit.p99.toFixed(2)} ms`,
    );
  } finally {
    await bare.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

async function latency(told: FixedRate): Promise<Latency> {
  const client = new PinnedProcess(new URL('va/fixed-rate.ts', import.meta.url), JSON.stringify(told), 1);
  const [p50, p99] = [await client.told('p50'), await client.told('p99')];
  await client.end();
  return { p50, p99 };
}

/** The round with the median p99. */
function median(rounds: Latency[]): Latency {
  rounds.sort((one, other) => one.p99 - other.p99);
  return rounds[Math.floor(rounds.length / 2)] ?? { p50: 0, p99: 0 };
}

async function metric(port: number, name: string, is: (value: number) => boolean): Promise<void> {
  await waitUntil(
    name,
    async () => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      await new Promise((resolve) => setTimeout(resolve, 200));
      const [, value] = new RegExp(`^${name} (\\d+)$`, 'm').exec(text) ?? [];
      return value !== undefined && is(Number(value));
    },
    PATIENCE_MS,
  );
}

/** The octets of one real certificate. */
async function octetsOf(world: World): Promise<Uint8Array> {
  const { der } = await world.owner
    .selectFrom('certificate_bytes')
    .select('der')
    .orderBy('certificate_id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return der;
}

function since(from: number): string {
  return ((performance.now() - from) / 1000).toFixed(1);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
