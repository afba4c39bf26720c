import { verify } from 'node:crypto';
import { CheckedEntries } from '@see/lint';
import {
  authorityKeyIdentifier,
  buildTbsCertList,
  crlNumber,
  deltaCrlIndicator,
  parseCrl,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { IssuanceError } from './linted-tbs.ts';
import { type RevokedRow, RevokedSet } from './revoked-set.ts';
import { DAY, NOW, sampleCa, sampleKey, sampleRoot } from './sample-cas.ts';
import { setOf, templatesOf } from './sample-entries.ts';
import { type CrlStreamInput, streamCrl } from './stream-crl.ts';

const root = await sampleRoot();
const key = sampleKey();
const ca = await sampleCa(root, 'individual', key);
const nextUpdate = new Date(NOW.getTime() + 2 * DAY);
const REVOKED_AT = NOW.getTime() / 1000 - 86_400;

function filled(count: number): RevokedSet {
  const set = new RevokedSet();
  for (let number = 0; number < count; number += 1) {
    const serial = new Uint8Array(16).fill(0x40);
    new DataView(serial.buffer).setUint32(4, Math.imul(number, 2_654_435_761));
    const reason = [0, 1, 4, 6, 9][number % 5] as number;
    set.put({
      serial,
      reason,
      revokedAt: REVOKED_AT - number * 37,
      invalidSince: number % 7 === 0 ? REVOKED_AT - number * 37 - 60 : 0,
    });
  }
  return set;
}

async function streamed(change: Partial<CrlStreamInput>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const input = { ca, number: 7n, thisUpdate: NOW, nextUpdate, entries: [] };
  const { head, length } = await streamCrl({ ...input, ...change }, { write: (octets) => parts.push(octets.slice()) });
  const der = new Uint8Array(Buffer.concat([head, ...parts]));
  expect(der.length).toBe(length);
  return der;
}

describe('a CRL that is written in one pass', () => {
  it.each([0, 1, 3, 600, 5_000])(
    'of %i entries is the one that is made in memory, and its signature verifies',
    async (count) => {
      const set = filled(count);
      const der = await streamed({ entries: set.entries() });
      const crl = parseCrl(der);
      const tbs = buildTbsCertList({
        signatureAlgorithmDer: signatureAlgorithm(key.algorithm),
        issuerDer: ca.subjectDer,
        thisUpdate: NOW,
        nextUpdate,
        entries: templatesOf(set),
        extensions: [authorityKeyIdentifier(ca.ski), crlNumber(7n)],
      });
      expect(crl.tbs).toEqual(tbs);
      expect(verify('sha384', crl.tbs, key.publicKey, crl.signature)).toBe(true);
    },
  );

  const one = (change: Partial<RevokedRow> = {}): CheckedEntries[] => {
    const row = { serial: Uint8Array.of(0x40, 1), revokedAt: REVOKED_AT, reason: 1, invalidSince: 0 };
    return setOf({ ...row, ...change }).entries();
  };
  const joined = (...runs: readonly CheckedEntries[]): CheckedEntries[] => [
    new CheckedEntries(Buffer.concat(runs.map(({ octets }) => octets))),
  ];
  const [first, second] = [one(), one({ serial: Uint8Array.of(0x40, 2) })];

  it.each<[string, Partial<CrlStreamInput>, RegExp]>([
    ['whose runs are not in order', { entries: [...second, ...first] }, /not in the order/],
    ['whose entries are not in order', { entries: joined(...second, ...first) }, /not in the order/],
    ['with an entry twice', { entries: joined(...first, ...first) }, /not in the order/],
    ['with an entry twice, in two runs', { entries: [...first, ...first] }, /not in the order/],
    ['with removeFromCRL in a full list (REV-7)', { entries: one({ reason: 8 }) }, /e_rev7/],
    ['with an entry of the future (REV-4)', { entries: one({ revokedAt: REVOKED_AT + 2 * 86_400 }) }, /e_rev4/],
    [
      'with one in its second run',
      { entries: [...first, ...one({ serial: Uint8Array.of(0x40, 2), reason: 8 })] },
      /e_rev7/,
    ],
    ['over ten days long (REV-2)', { nextUpdate: new Date(NOW.getTime() + 11 * DAY) }, /e_rev2/],
    ['that names an unknown extension twice', { extensions: [deltaCrlIndicator(9n)] }, /e_rev10/],
  ])('%s is not signed', async (_name, change, message) => {
    let signed = 0;
    const stream = () => ({
      ...key.stream(),
      sign: async () => {
        signed += 1;
        return new Uint8Array(8);
      },
    });
    const refused = streamed({ ...change, ca: { ...ca, key: { ...key, stream } } });
    await expect(refused).rejects.toThrow(IssuanceError);
    await expect(refused).rejects.toThrow(message);
    expect(signed).toBe(0);
  });
});
