import { createHash, createPrivateKey, randomFillSync, sign } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import {
  assertPublishable,
  type CrlExpectation,
  type CrlInput,
  type CrlIssuer,
  type CrlSink,
  type CrlStreamInput,
  deltaEntries,
  formExtensions,
  RevokedSet,
  type SerialRange,
  shardRange,
  signCrl,
  streamCrl,
} from '@see/issuance';
import { SoftwareSigner } from '@see/keys';
import { oid, parseCertificate, parseCrl, parseSubjectKeyIdentifier } from '@see/x509';

/** What the process is told in its one argument, as JSON. */
export interface MeasuredCrl {
  readonly entries: number;
  /** Files: the CA's certificate and key, and where the CRL goes. */
  readonly certificate: string;
  readonly key: string;
  readonly out: string;
  /** Parts of the serial numbers, a list each; 1 for one full list. */
  readonly shards: number;
  /** Entries that changed since a full list, for a delta on it; 0 for none. */
  readonly changed: number;
}

/** One making of all lists, in milliseconds. */
export interface MeasuredRound {
  /** Linted and signed part by part, kept nowhere. */
  readonly signed: number;
  /** Linted, signed, and in memory, as the signer makes them. */
  readonly made: number;
  /** The same, written to a file part by part. */
  readonly written: number;
  /** What the gate takes for them. */
  readonly gate: number;
  /** Octets. */
  readonly length: number;
  /** SHA-256 over the octets of the last list and one signature; and the hash that goes with the CA's key in its place. */
  readonly limit: number;
  readonly hashed: number;
}

export interface MeasuredResult {
  readonly rounds: readonly MeasuredRound[];
  /** Milliseconds of the first list, whose entries have not been looked at yet. */
  readonly first: number;
  /** Octets of the set; of the process without entries, with them, and at its most while lists were written part by part. */
  readonly set: number;
  readonly program: number;
  readonly before: number;
  readonly peak: number;
}

// Lists in a process of their own, so that its memory is their own.
const told = JSON.parse(process.argv[2] ?? '{}') as MeasuredCrl;
const der = new Uint8Array(readFileSync(told.certificate));
const certificate = parseCertificate(der);
const privateKey = createPrivateKey(readFileSync(told.key));
const key = new SoftwareSigner(privateKey);
const ski = certificate.extension(oid.subjectKeyIdentifier);
const ca: CrlIssuer = {
  id: 'individual',
  key,
  certificate: der,
  subjectDer: certificate.subjectDer,
  ski: ski ? parseSubjectKeyIdentifier(ski.value) : new Uint8Array(0),
  notAfter: certificate.notAfter,
};
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const day = 86_400;
const second = now.getTime() / 1000;
const times = { thisUpdate: now, nextUpdate: new Date(now.getTime() + 2 * day * 1000) };
const REASONS = [0, 1, 3, 4, 5];

const set = new RevokedSet();
const program = process.memoryUsage.rss();
fill(told.entries);
const before = process.memoryUsage.rss();

/** Four of five have a reason; a year of revocations. */
function fill(entries: number): void {
  const serial = new Uint8Array(16);
  for (let number = 0; number < entries; number += 1) {
    randomFillSync(serial);
    serial[0] = 0x40 | ((serial[0] as number) & 0x3f);
    set.put({ serial, reason: REASONS[number % 5] ?? 0, revokedAt: second - (number % (365 * day)), invalidSince: 0 });
  }
}

/** A list, and what the gate asks of it. */
interface Wanted {
  readonly input: () => CrlInput;
  /** What was told before is the base, or else what the list says itself. */
  readonly expected: Pick<CrlExpectation, 'form' | 'base' | 'range'>;
}

function wantedOf(shard: number, range: SerialRange | undefined): Wanted {
  const url = `http://va.test/crl/individual/${told.shards}-${shard}.crl`;
  const form = range ? ({ kind: 'part', url } as const) : ({ kind: 'full', freshest: undefined } as const);
  return {
    input: () => ({ ca, form, number: 100n, ...times, entries: set.entries(range) }),
    expected: { form, range },
  };
}

/** A delta on a full list of everything but what changed since. */
async function delta(): Promise<Wanted> {
  const full = { kind: 'full', freshest: undefined } as const;
  const base = parseCrl(await signCrl({ ca, form: full, number: 99n, ...times, entries: set.entries() }));
  fill(told.changed);
  const form = { kind: 'delta', base: 99n } as const;
  return {
    input: () => ({ ca, form, number: 100n, ...times, entries: deltaEntries(set, base.entries, undefined).entries() }),
    expected: { form, base },
  };
}

function streamOf({ form, ...input }: CrlInput): CrlStreamInput {
  return { ...input, extensions: formExtensions(form) };
}

/** The header of the whole list is as long as that of what is signed, but where the two lengths lie on either side of a boundary. */
async function write({ input }: Wanted): Promise<void> {
  const file = openSync(told.out, 'w');
  let at = 0;
  try {
    const written = await streamCrl(streamOf(input()), {
      write: (octets) => {
        if (at === 0) at = (octets[1] as number) < 0x80 ? 2 : 2 + ((octets[1] as number) & 0x7f);
        at += writeSync(file, octets, 0, octets.length, at);
      },
    });
    if (at !== written.length) throw new Error('the header has another length');
    writeSync(file, written.head, 0, written.head.length, 0);
  } finally {
    closeSync(file);
  }
}

/** To nowhere. */
const NOWHERE: CrlSink = { write: () => undefined };

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The limit: a hash over the same octets in memory, and one signature. */
function limitOf(hash: string, octets: Uint8Array): number {
  const started = performance.now();
  sign('sha256', createHash(hash).update(octets).digest(), privateKey);
  return performance.now() - started;
}

async function measure(lists: readonly Wanted[]): Promise<MeasuredRound> {
  let made = 0;
  let gate = 0;
  let length = 0;
  let last: Uint8Array = new Uint8Array(0);
  for (const { input, expected } of lists) {
    made += await timed(async () => {
      last = await signCrl(input());
    });
    const before = { last: undefined, told: { list: (expected.base ?? parseCrl(last)).entries } };
    gate += await timed(async () => {
      await assertPublishable(last, { ca, set, mayLeave: () => false, ...before, ...expected });
    });
    length += last.length;
  }
  const signed = await timed(async () => {
    for (const { input } of lists) await streamCrl(streamOf(input()), NOWHERE);
  });
  const written = await timed(async () => {
    for (const list of lists) await write(list);
  });
  const hash = key.algorithm === 'ecdsa-sha256' ? 'sha256' : 'sha384';
  return { signed, made, written, gate, length, limit: limitOf('sha256', last), hashed: limitOf(hash, last) };
}

const lists =
  told.changed > 0
    ? [await delta()]
    : told.shards === 1
      ? [wantedOf(0, undefined)]
      : Array.from({ length: told.shards }, (_, shard) => wantedOf(shard, shardRange(`${told.shards}-${shard}`)));
const first = await timed(async () => {
  for (const list of lists) await write(list);
});
// Before whole lists are in memory.
const peak = process.resourceUsage().maxRSS * 1024;
const rounds: MeasuredRound[] = [];
for (let round = 0; round < 7; round += 1) rounds.push(await measure(lists));
const result: MeasuredResult = { rounds, first, set: set.bytes, program, before, peak };
process.stdout.write(JSON.stringify(result));
