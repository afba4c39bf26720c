import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { MeasuredCrl, MeasuredResult, MeasuredRound } from './crl/measure-crl.ts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('crl/measure-crl.ts', import.meta.url));
const MILLION = 1_000_000;
const SHARDS = 128;
const CHANGED = 1_000;

/**
 * CRLs beside their limit, in one run: SHA-256 over the same octets and one signature, in the same process; and beside
 * `openssl ca -gencrl`. Each list of ours is linted, signed and in memory; what the gate takes comes after it.
 */
export async function benchCrl(): Promise<void> {
  print(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'see-bench-'));
  try {
    const list = { ...(await makeCa(folder, 'P-384')), shards: 1, changed: 0 };
    let million = Number.NaN;
    for (const entries of [10_000, 100_000, MILLION]) {
      million = await show(`full, ${entries} entries`, { ...list, entries });
      await assertGood(list);
    }
    await show(`delta of ${CHANGED} on ${MILLION} entries`, { ...list, entries: MILLION, changed: CHANGED });
    await show(`${SHARDS} parts of ${MILLION} entries`, { ...list, entries: MILLION, shards: SHARDS });
    const small = { ...list, ...(await makeCa(folder, 'P-256')) };
    await show(`full, ${MILLION} entries, by a CA with P-256 and SHA-256`, { ...small, entries: MILLION });
    await assertGood(small);
    const openssl = await genCrl(list);
    print(
      `openssl ca -gencrl, ${MILLION} entries  ${openssl.toFixed(0)} ms  = ${(openssl / million).toFixed(0)} times  aim 25`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints what was measured; returns the milliseconds of the median. */
async function show(name: string, told: MeasuredCrl): Promise<number> {
  const { stdout } = await run(process.execPath, [SCRIPT, JSON.stringify(told)]);
  const { rounds, first, set, program, before, peak } = JSON.parse(stdout) as MeasuredResult;
  const median = (of: (round: MeasuredRound) => number): number =>
    rounds.map(of).toSorted((one, other) => one - other)[rounds.length >> 1] ?? Number.NaN;
  const beside = (of: (round: MeasuredRound) => number): string =>
    `${median(of).toFixed(1)} ms  = ${median((round) => round.signed / of(round)).toFixed(1)}`;
  const isOne = told.shards === 1 && told.changed === 0;
  const milliseconds = median(({ made }) => made);
  const parts = [
    `${name}, ${(median(({ length }) => length) / 1e6).toFixed(1)} MB  linted and signed ${median(({ signed }) => signed).toFixed(1)} ms`,
    isOne ? `SHA-256 and one signature ${beside(({ limit }) => limit)}  aim 2.5` : '',
    isOne ? `the CA's own hash and one signature ${beside(({ hashed }) => hashed)}` : '',
    `and in memory ${milliseconds.toFixed(1)} ms`,
    `gate ${median(({ gate }) => gate).toFixed(1)} ms`,
    `to a file ${median(({ written }) => written).toFixed(1)} ms, the first time ${first.toFixed(1)} ms`,
    `memory for entries and list ${mega(peak - program)}, ${mega(peak - before)} of it for the list, ${mega(set)} for the set  aim 120  (the program without ${mega(program)})`,
  ];
  print(parts.filter((part) => part !== '').join('  '));
  return milliseconds;
}

/** Files of a CA: its certificate and key. */
type MeasuredCa = Pick<MeasuredCrl, 'certificate' | 'key' | 'out'>;

async function makeCa(folder: string, curve: string): Promise<MeasuredCa> {
  const [pem, key, certificate] = ['pem', 'key', 'der'].map((end) => join(folder, `${curve}.${end}`)) as [
    string,
    string,
    string,
  ];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-nodes', '-days', '3650'],
    ...['-subj', '/CN=Measured CA', '-keyout', key, '-out', pem],
  ]);
  await run('openssl', ['x509', '-in', pem, '-outform', 'DER', '-out', certificate]);
  return { certificate, key, out: join(folder, 'out.crl') };
}

/** Has openssl verify the list that was written last. */
async function assertGood({ certificate, out }: MeasuredCa): Promise<void> {
  const pem = certificate.replace(/der$/, 'pem');
  await run('openssl', ['crl', '-in', out, '-inform', 'DER', '-CAfile', pem, '-noout', '-verify']);
}

/** Milliseconds of `openssl ca -gencrl` for a million revoked certificates, the whole process. */
async function genCrl({ certificate, key }: MeasuredCa): Promise<number> {
  const lines: string[] = [];
  for (let number = 0; number < MILLION; number += 1) {
    const serial = (number * 2_654_435_761 + 2 ** 52).toString(16).toUpperCase().padStart(32, '40');
    lines.push(`R\t301231235959Z\t261101000000Z,keyCompromise\t${serial}\tunknown\t/CN=${number}`);
  }
  const database = mkdtempSync(join(dirname(certificate), 'database-'));
  writeFileSync(join(database, 'index.txt'), `${lines.join('\n')}\n`);
  writeFileSync(join(database, 'crlnumber'), '01\n');
  writeFileSync(
    join(database, 'ca.cnf'),
    `[ca]\ndefault_ca=d\n[d]\ndatabase=${database}/index.txt\ncrlnumber=${database}/crlnumber\ndefault_md=sha384\ndefault_crl_days=2\nunique_subject=no\n`,
  );
  const started = performance.now();
  await run('openssl', [
    ...['ca', '-gencrl', '-config', join(database, 'ca.cnf'), '-cert', certificate.replace(/der$/, 'pem')],
    ...['-keyfile', key, '-out', join(database, 'out.pem')],
  ]);
  return performance.now() - started;
}

function mega(octets: number): string {
  return `${(octets / 1e6).toFixed(0)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
