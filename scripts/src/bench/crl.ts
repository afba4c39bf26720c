import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { MeasuredCrl, MeasuredResult } from './crl/measure-crl.ts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('crl/measure-crl.ts', import.meta.url));
const MILLION = 1_000_000;
const SHARDS = 128;

/**
 * CRLs beside their limit, in one run: SHA-256 over the same octets and one signature, in the same process; and beside
 * `openssl ca -gencrl`. Everything that publication needs is in ours: each octet is linted while it is written to the disk.
 */
export async function benchCrl(): Promise<void> {
  print(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'see-bench-'));
  try {
    const ca = { certificate: join(folder, 'ca.der'), key: join(folder, 'ca.key'), out: join(folder, 'out.crl') };
    await makeCa(folder);
    const list = { ...ca, shards: 1, delta: false };
    let million = Number.NaN;
    for (const entries of [10_000, 100_000, MILLION]) {
      million = await show(`full, ${entries} entries`, { ...list, entries });
      await run('openssl', [
        'crl',
        '-in',
        ca.out,
        '-inform',
        'DER',
        '-CAfile',
        join(folder, 'ca.pem'),
        '-noout',
        '-verify',
      ]);
    }
    await show('delta, 1000 entries', { ...list, entries: 1_000, delta: true });
    await show(`${SHARDS} shards of ${MILLION} entries`, { ...list, entries: MILLION, shards: SHARDS });
    const openssl = await genCrl(folder);
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
  const { rounds, set, before, peak } = JSON.parse(stdout) as MeasuredResult;
  const ratioOf = ({ milliseconds, limit }: MeasuredResult['rounds'][number]): number => milliseconds / limit;
  const median = rounds.toSorted((one, other) => ratioOf(one) - ratioOf(other))[rounds.length >> 1];
  if (!median) throw new Error('nothing was measured');
  const { milliseconds, length, limit } = median;
  const beside =
    told.shards === 1
      ? `  SHA-256 and one signature ${limit.toFixed(1)} ms  = ${ratioOf(median).toFixed(1)}  aim 2.5`
      : '';
  print(
    `${name}  ${milliseconds.toFixed(0)} ms, ${(length / 1e6).toFixed(1)} MB${beside}  peak ${mega(peak)} (${mega(before)} before, of it ${mega(set)} the set)  aim 120`,
  );
  return milliseconds;
}

async function makeCa(folder: string): Promise<void> {
  const [pem, key] = [join(folder, 'ca.pem'), join(folder, 'ca.key')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-sha384', '-days', '3650'],
    ...['-subj', '/CN=Measured CA', '-keyout', key, '-out', pem],
  ]);
  await run('openssl', ['x509', '-in', pem, '-outform', 'DER', '-out', join(folder, 'ca.der')]);
}

/** Milliseconds of `openssl ca -gencrl` for a million revoked certificates, the whole process. */
async function genCrl(folder: string): Promise<number> {
  const lines: string[] = [];
  for (let number = 0; number < MILLION; number += 1) {
    const serial = (number * 2_654_435_761 + 2 ** 52).toString(16).toUpperCase().padStart(32, '40');
    lines.push(`R\t301231235959Z\t261101000000Z,keyCompromise\t${serial}\tunknown\t/CN=${number}`);
  }
  const database = join(folder, 'database');
  mkdirSync(database);
  writeFileSync(join(database, 'index.txt'), `${lines.join('\n')}\n`);
  writeFileSync(join(database, 'crlnumber'), '01\n');
  writeFileSync(
    join(database, 'ca.cnf'),
    `[ca]\ndefault_ca=d\n[d]\ndatabase=${database}/index.txt\ncrlnumber=${database}/crlnumber\ndefault_md=sha384\ndefault_crl_days=2\nunique_subject=no\n`,
  );
  const started = performance.now();
  await run('openssl', [
    ...['ca', '-gencrl', '-config', join(database, 'ca.cnf'), '-cert', join(folder, 'ca.pem')],
    ...['-keyfile', join(folder, 'ca.key'), '-out', join(database, 'out.pem')],
  ]);
  return performance.now() - started;
}

function mega(octets: number): string {
  return `${(octets / 1e6).toFixed(0)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
