import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWorld, type World } from '../../../test/support/world.ts';
import { ratePerSecond } from './crypto-limit.ts';
import { fillCertificates } from './ocsp/fill-certificates.ts';
import { haveWrk, Load, type Requests } from './ocsp/load.ts';
import { measuredVa } from './ocsp/measured-va.ts';
import { OpensslResponder } from './ocsp/openssl-responder.ts';
import { PinnedProcess } from './ocsp/pinned-process.ts';
import { requestOf } from './ocsp/request-of.ts';
import { medianRound } from './rounds.ts';

const CERTIFICATES = Number(process.env['SEE_BENCH_CERTIFICATES'] ?? 20_000);
const CA = 'individual';
const ROUNDS = 5;
const SECONDS = 4;

/**
 * OCSP over HTTP beside its limits, in one run: GET and POST against bare node:http that sends the same headers and octets, POST
 * against `openssl ocsp`, answers with a nonce against signing alone. The server on one core, wrk on the other,
 * rounds interleaved.
 */
export async function benchOcsp(): Promise<void> {
  if (!haveWrk()) throw new Error('there is nothing to make the load with');
  print(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'see-bench-'));
  const world = await makeWorld();
  try {
    const serials = await fillCertificates(world, CA, CERTIFICATES);
    const started = performance.now();
    const va = await measuredVa(world, CERTIFICATES);
    print(
      `${CERTIFICATES} certificates examined and signed ahead in ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
    try {
      await benchShared(world, va, serials, folder);
      await benchNonce(world, va, serials);
      await benchOpenssl(world, va, serials, folder);
    } finally {
      await va.end();
    }
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchShared(
  world: World,
  va: PinnedProcess,
  serials: readonly Uint8Array[],
  folder: string,
): Promise<void> {
  const requests = serials.map((serial) => requestOf(world, CA, serial));
  const paths = requests.map((der) => `/ocsp/${encodeURIComponent(Buffer.from(der).toString('base64'))}`);
  const port = await va.told('port');
  const answer = await fetch(`http://127.0.0.1:${port}${paths[0]}`);
  const file = join(folder, 'answer.der');
  writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
  // Date and Connection node:http adds itself.
  const headers = [...answer.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name)).flat();
  const bare = new PinnedProcess(new URL('ocsp/serve-octets.ts', import.meta.url), JSON.stringify({ headers, file }));
  try {
    const barePort = await bare.told('port');
    const loads: [string, Requests][] = [
      ['GET', { paths }],
      ['POST', { path: '/ocsp', bodies: requests }],
    ];
    for (const [name, load] of loads) {
      const wrk = new Load(load);
      await wrk.run(port, SECONDS);
      const [ours, theirs] = [new Cost(va), new Cost(bare)];
      const { rate, limit } = await medianRound(
        ROUNDS,
        () => theirs.of(() => wrk.run(barePort, SECONDS), SECONDS),
        () => ours.of(() => wrk.run(port, SECONDS), SECONDS),
      );
      print(
        `${name}  ${show(rate)}  node:http with the same octets ${show(limit)}  = ${(rate / limit).toFixed(2)}  aim 0.75`,
      );
      print(`      processor time ${ours.each} µs a request, node:http ${theirs.each} µs`);
    }
  } finally {
    await bare.end();
  }
}

/** What requests cost a process in processor time, over all measurements. */
class Cost {
  readonly #process: PinnedProcess;
  #seconds = 0;
  #requests = 0;

  constructor(server: PinnedProcess) {
    this.#process = server;
  }

  async of(measure: () => Promise<number>, seconds: number): Promise<number> {
    const before = this.#process.processorSeconds;
    const rate = await measure();
    this.#seconds += this.#process.processorSeconds - before;
    this.#requests += rate * seconds;
    return rate;
  }

  /** Microseconds a request. */
  get each(): string {
    return ((this.#seconds * 1e6) / this.#requests).toFixed(1);
  }
}

async function benchNonce(world: World, va: PinnedProcess, serials: readonly Uint8Array[]): Promise<void> {
  const bodies = serials.slice(0, 2_000).map((serial) => requestOf(world, CA, serial, new Uint8Array(randomBytes(32))));
  const wrk = new Load({ path: '/ocsp', bodies });
  const port = await va.told('port');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const data = new Uint8Array(300).fill(7);
  const { rate, limit } = await medianRound(
    ROUNDS,
    () =>
      ratePerSecond(2, async () => {
        sign('sha384', data, privateKey);
      }),
    () => wrk.run(port, SECONDS),
  );
  print(
    `nonce, P-384  ${show(rate)}  signing alone on one core ${show(limit)}  = ${(rate / limit).toFixed(2)}  aim 0.5`,
  );
}

async function benchOpenssl(
  world: World,
  va: PinnedProcess,
  serials: readonly Uint8Array[],
  folder: string,
): Promise<void> {
  const openssl = await OpensslResponder.make(world, CA, serials, folder);
  const wrk = new Load({ path: '/ocsp', bodies: serials.map((serial) => requestOf(world, CA, serial)) });
  const port = await va.told('port');
  const { rate, limit } = await medianRound(
    3,
    () => openssl.measure((at) => wrk.run(at, SECONDS, 16)),
    () => wrk.run(port, SECONDS, 16),
  );
  print(
    `POST, 16 connections  ${show(rate)}  openssl ocsp on the same core ${show(limit)}  = ${(rate / limit).toFixed(1)} times  aim 10`,
  );
}

function show(rate: number): string {
  return `${rate.toFixed(0)}/s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
