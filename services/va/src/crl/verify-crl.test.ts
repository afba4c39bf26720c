import { createPublicKey, type KeyObject } from 'node:crypto';
import { type CrlScope, crlUrl, RevokedSet, streamCrl } from '@see/issuance';
import { DAY, NOW, sampleCa, sampleKey, sampleRoot, VA_URL } from '@see/issuance/sample-cas';
import { deltaCrlIndicator, type Extension, freshestCrl, issuingDistributionPoint, parseCertificate } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { CrlRefusedError, verifyCrl, type WantedCrl } from './verify-crl.ts';

const root = await sampleRoot();
const key = sampleKey();
const ca = await sampleCa(root, 'individual', key);
const keyOf = (spki: Uint8Array): KeyObject => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
const trusted = { id: ca.id, certificate: parseCertificate(ca.certificate), publicKey: keyOf(key.spki) };

/** A serial number of ours that begins with these octets. */
function serial(...first: readonly number[]): Uint8Array {
  const octets = new Uint8Array(16).fill(0x11);
  octets.set(first);
  return octets;
}

interface Made {
  readonly number?: bigint;
  readonly extensions?: readonly Extension[];
  readonly serials?: readonly Uint8Array[];
  readonly thisUpdate?: Date;
}

async function made({ number = 7n, extensions = [], serials = [], thisUpdate = NOW }: Made): Promise<Uint8Array> {
  const set = new RevokedSet();
  for (const one of serials) set.put({ serial: one, reason: 1, revokedAt: NOW.getTime() / 1000 - 60, invalidSince: 0 });
  const parts: Uint8Array[] = [];
  const nextUpdate = new Date(thisUpdate.getTime() + 2 * DAY);
  const { head } = await streamCrl(
    { ca, number, thisUpdate, nextUpdate, extensions, entries: set.entries() },
    { write: (octets) => parts.push(octets.slice()) },
  );
  return new Uint8Array(Buffer.concat([head, ...parts]));
}

function wanted(scope: CrlScope, change: Partial<WantedCrl> = {}): WantedCrl {
  const address = crlUrl(VA_URL, ca.id, scope);
  return { ca: trusted, scope, address, atLeast: 0n, now: NOW, newestFull: 6n, ...change };
}

const point = (scope: CrlScope, url = VA_URL): Extension =>
  issuingDistributionPoint({ uris: [crlUrl(url, ca.id, scope)] });
const delta = deltaCrlIndicator(6n);
const inFirst = serial(0x40);
const inLast = serial(0x7f);
const freshest = freshestCrl([crlUrl(VA_URL, ca.id, 'delta')]);

describe('a CRL is taken', () => {
  it.each<[string, CrlScope, Made, Partial<WantedCrl>?]>([
    ['that is full', 'full', { serials: [inFirst, inLast] }],
    ['that is full and names a delta', 'full', { extensions: [freshest] }],
    ['that is full, of a number that was seen', 'full', {}, { atLeast: 7n }],
    ['that is full and has expired', 'full', {}, { now: new Date(NOW.getTime() + 30 * DAY) }],
    ['that is a delta on the newest full one', 'delta', { extensions: [delta], serials: [inLast] }],
    ['that is a delta on an older full one', 'delta', { extensions: [delta] }, { newestFull: 9n }],
    ['that is a part', '4-0', { extensions: [point('4-0')], serials: [inFirst] }],
    ['that is the last part', '4-3', { extensions: [point('4-3')], serials: [serial(0x70), inLast] }],
    ['that is an empty part', '128-5', { extensions: [point('128-5')] }],
    [
      'that is a part, before our URL is known',
      '4-0',
      { extensions: [point('4-0')] },
      { address: '/crl/individual/4-0.crl' },
    ],
  ])('%s', async (_name, scope, what, change) => {
    const crl = await verifyCrl(await made(what), wanted(scope, change));
    expect([crl.scope, crl.number, crl.entries.size]).toEqual([scope, 7n, what.serials?.length ?? 0]);
  });
});

describe('a CRL is refused', () => {
  const limited = issuingDistributionPoint({ uris: [crlUrl(VA_URL, ca.id, '4-0')], onlyContainsUserCerts: true });
  const two = issuingDistributionPoint({ uris: [crlUrl(VA_URL, ca.id, '4-0'), crlUrl(VA_URL, ca.id, '4-1')] });
  it.each<[string, CrlScope, Made, CrlRefusedError['code'], Partial<WantedCrl>?]>([
    ['a delta as a full one', 'full', { extensions: [delta] }, 'other-scope'],
    ['a part as a full one', 'full', { extensions: [point('4-0')] }, 'other-scope'],
    ['a full one as a delta', 'delta', {}, 'other-scope'],
    ['a part as a delta', 'delta', { extensions: [point('4-0')] }, 'other-scope'],
    ['a delta of one part', 'delta', { extensions: [delta, point('4-0')] }, 'other-scope'],
    ['a delta whose base is not published', 'delta', { extensions: [delta] }, 'other-scope', { newestFull: 5n }],
    ['a delta without any full one', 'delta', { extensions: [delta] }, 'other-scope', { newestFull: undefined }],
    ['a full one as a part', '4-0', {}, 'other-scope'],
    ['another part', '4-0', { extensions: [point('4-1')] }, 'other-scope'],
    ['the part of another count', '4-0', { extensions: [point('8-0')] }, 'other-scope'],
    ['a part at another place', '4-0', { extensions: [point('4-0', 'http://elsewhere')] }, 'other-scope'],
    ['a part with two addresses', '4-0', { extensions: [two] }, 'other-scope'],
    ['a part of user certificates alone', '4-0', { extensions: [limited] }, 'other-scope'],
    ['a delta as a part', '4-0', { extensions: [point('4-0'), delta] }, 'other-scope'],
    [
      'a part with an entry of another',
      '4-0',
      { extensions: [point('4-0')], serials: [inFirst, inLast] },
      'other-scope',
    ],
    [
      'a part with a number that is none of ours',
      '4-0',
      { extensions: [point('4-0')], serials: [Uint8Array.of(0x40)] },
      'other-scope',
    ],
    [
      'another ending, before our URL is known',
      '4-0',
      { extensions: [point('4-1')] },
      'other-scope',
      { address: '/crl/individual/4-0.crl' },
    ],
    ['one of the future', 'full', { thisUpdate: new Date(NOW.getTime() + 400_000) }, 'bad-times'],
    ['one below what was seen', 'full', {}, 'goes-back', { atLeast: 8n }],
    [
      'one of another CA',
      'full',
      {},
      'other-issuer',
      { ca: { ...trusted, certificate: parseCertificate(root.certificate) } },
    ],
    ['one by another key', 'full', {}, 'bad-signature', { ca: { ...trusted, publicKey: keyOf(root.key.spki) } }],
  ])('%s', async (_name, scope, what, code, change) => {
    const refused = verifyCrl(await made(what), wanted(scope, change));
    await expect(refused).rejects.toThrow(CrlRefusedError);
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('whose octets were changed or cut, at any place', async () => {
    const der = await made({ serials: [inFirst, inLast] });
    let refused = 0;
    for (let at = 0; at < der.length; at += 7) {
      const changed = Uint8Array.from(der, (octet, index) => (index === at ? octet ^ 0x41 : octet));
      await expect(verifyCrl(changed, wanted('full'))).rejects.toThrow(CrlRefusedError);
      await expect(verifyCrl(der.subarray(0, at), wanted('full'))).rejects.toThrow(CrlRefusedError);
      refused += 1;
    }
    expect(refused).toBeGreaterThan(40);
  });
});
