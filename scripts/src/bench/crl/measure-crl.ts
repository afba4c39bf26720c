import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type CrlIssuer, RevokedSet, shardRange, streamCrl } from '@see/issuance';
import { SoftwareSigner } from '@see/keys';
import {
  deltaCrlIndicator,
  issuingDistributionPoint,
  oid,
  parseCertificate,
  parseSubjectKeyIdentifier,
} from '@see/x509';

/** What the process is told in its one argument, as JSON. */
export interface MeasuredCrl {
  readonly entries: number;
  /** Files: the CA's certificate and key, and where the CRL goes. */
  readonly certificate: string;
  readonly key: string;
  readonly out: string;
  /** Over how many lists the entries are spread. */
  readonly shards: number;
  readonly delta: boolean;
}

/** One writing of all lists. */
export interface MeasuredRound {
  readonly milliseconds: number;
  /** Octets written. */
  readonly length: number;
  /** Milliseconds of SHA-256 over the octets of the last list and one signature. */
  readonly limit: number;
}

export interface MeasuredResult {
  readonly rounds: readonly MeasuredRound[];
  /** Octets of the set; of the process before and at its most, while lists were written. */
  readonly set: number;
  readonly before: number;
  readonly peak: number;
}

// One CRL, or its shards, in a process of its own, so that its memory is its own.
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
const REASONS = [0, 1, 3, 4, 5];

const set = new RevokedSet();
const second = now.getTime() / 1000;
for (let number = 0; number < told.entries; number += 1) {
  const serial = new Uint8Array(randomBytes(16));
  serial[0] = 0x40 | ((serial[0] as number) & 0x3f);
  // Four of five have a reason; a year of revocations.
  set.put({
    serial,
    reason: REASONS[number % 5] ?? 0,
    revokedAt: second - (number % (365 * day)),
    invalidSince: 0,
    expires: 0,
  });
}
const before = process.memoryUsage.rss();

/** The header of the whole list is as long as that of what is signed, but where the two lengths lie on either side of a boundary. */
async function write(shard: number): Promise<{ readonly length: number }> {
  const file = openSync(told.out, 'w');
  const shardOf = told.shards;
  let at = 0;
  try {
    const written = await streamCrl(
      {
        ca,
        number: BigInt(100 + shard),
        thisUpdate: now,
        nextUpdate: new Date(now.getTime() + 2 * day * 1000),
        entries: () => set.cursor(shardOf === 1 ? undefined : shardRange(`${shardOf}-${shard}`)),
        extensions: [
          ...(told.delta ? [deltaCrlIndicator(50n)] : []),
          ...(shardOf === 1
            ? []
            : [issuingDistributionPoint({ uris: [`http://va.test/crl/individual/${shard}.crl`] })]),
        ],
      },
      {
        write: (octets) => {
          if (at === 0) at = (octets[1] as number) < 0x80 ? 2 : 2 + ((octets[1] as number) & 0x7f);
          at += writeSync(file, octets, 0, octets.length, at);
        },
      },
    );
    if (at !== written.length) throw new Error('the header has another length');
    writeSync(file, written.head, 0, written.head.length, 0);
    return written;
  } finally {
    closeSync(file);
  }
}

async function measure(): Promise<Omit<MeasuredRound, 'limit'>> {
  const started = performance.now();
  let length = 0;
  for (let shard = 0; shard < told.shards; shard += 1) length += (await write(shard)).length;
  return { milliseconds: performance.now() - started, length };
}

/** The limit: SHA-256 over the same octets in memory, and one signature. */
function limit(): number {
  const octets = readFileSync(told.out);
  const started = performance.now();
  sign('sha256', createHash('sha256').update(octets).digest(), privateKey);
  return performance.now() - started;
}

// Before the limit, which has all octets in memory at once.
await measure();
const peak = process.resourceUsage().maxRSS * 1024;
const rounds: MeasuredRound[] = [];
for (let round = 0; round < 5; round += 1) rounds.push({ ...(await measure()), limit: limit() });
const result: MeasuredResult = { rounds, set: set.bytes, before, peak };
process.stdout.write(JSON.stringify(result));
