import {
  assembleSigned,
  authorityKeyIdentifier,
  buildTbsCertList,
  crlNumber,
  parseCrl,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import type { CrlEntry, ListedEntry } from './crl-entries.ts';
import { assertPublishable } from './crl-gate.ts';
import { IssuanceError } from './linted-tbs.ts';
import { type CrlInput, prepareCrl } from './prepare-crl.ts';
import { DAY, NOW, sampleCa, sampleKey, sampleRoot, sampleSerial } from './sample-cas.ts';

const root = await sampleRoot();
const ca = await sampleCa(root, 'individual');
const other = await sampleCa(root, 'individual');
const tls = await sampleCa(root, 'tls');
const rsa = await sampleCa(root, 'individual', sampleKey('RSA'));
const after = (days: number): Date => new Date(NOW.getTime() + days * DAY);
const entry = (fill: number, more: Partial<CrlEntry> = {}): CrlEntry => ({
  serial: sampleSerial(fill),
  revocationDate: after(-1),
  reason: 4,
  expires: after(300),
  ...more,
});

async function crl(change: Partial<CrlInput> = {}): Promise<Uint8Array> {
  const input = { ca, number: 5n, thisUpdate: NOW, nextUpdate: after(2), entries: [entry(1), entry(2)], ...change };
  return prepareCrl(input).sign(input.ca.key);
}

const last = (...entries: CrlEntry[]) => ({ number: 4n, thisUpdate: after(-1), entries });
const no = () => false;

function outcome(der: Uint8Array, previous = last(entry(1)), mayLeave: (entry: ListedEntry) => boolean = no): string {
  try {
    assertPublishable(der, ca, previous, mayLeave);
  } catch (error) {
    if (!(error instanceof IssuanceError)) return (error as { code?: string }).code ?? String(error);
    expect(error.code).toBe('crl-gate');
    return error.message;
  }
  return 'published';
}

/** A list that no prepare function would make, with a good signature. */
async function odd(change: { nextUpdate?: Date; numbered?: boolean }): Promise<Uint8Array> {
  const algorithm = signatureAlgorithm(ca.key.algorithm);
  const tbs = buildTbsCertList({
    signatureAlgorithmDer: algorithm,
    issuerDer: ca.subjectDer,
    thisUpdate: NOW,
    nextUpdate: change.nextUpdate ?? after(2),
    entries: [],
    extensions: [authorityKeyIdentifier(ca.ski), ...(change.numbered === false ? [] : [crlNumber(5n)])],
  });
  return assembleSigned(tbs, algorithm, await ca.key.sign(tbs));
}

describe('the gate of CRLs', () => {
  it('lets a good one through, also the first', async () => {
    const der = await crl();
    expect(outcome(der)).toBe('published');
    expect(() => assertPublishable(der, ca, undefined, no)).not.toThrow();
  });

  it('lets through what an RSA key signed', async () => {
    const der = await crl({ ca: rsa });
    expect(() => assertPublishable(der, rsa, undefined, no)).not.toThrow();
  });

  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['another CA', () => crl({ ca: tls }), 'issuer is another'],
    ['another key of the same name', () => crl({ ca: other }), 'signature does not verify'],
    ['the number of the last one', () => crl({ number: 4n }), 'number 4 does not rise over 4'],
    ['a lower number', () => crl({ number: 3n }), 'number 3 does not rise over 4'],
    [
      'an older time',
      () => crl({ thisUpdate: after(-2), nextUpdate: after(1), entries: [] }),
      'is older than the last one',
    ],
    ['a lost entry', () => crl({ entries: [entry(2)] }), `lost entry ${sampleSerial(1).toHex()}`],
    ['no entry at all', () => crl({ entries: [] }), `lost entry ${sampleSerial(1).toHex()}`],
    [
      'a revocation that became a hold',
      () => crl({ entries: [entry(1, { reason: 6 })] }),
      `entry ${sampleSerial(1).toHex()} went from revoked to held`,
    ],
    ['no number', () => odd({ numbered: false }), 'number or nextUpdate is missing'],
    ['an end before its start', () => odd({ nextUpdate: after(-3) }), 'ends before it starts'],
    ['an end at its start', () => odd({ nextUpdate: NOW }), 'ends before it starts'],
    ['an octet too many', async () => Uint8Array.from([...(await crl()), 0]), 'trailing'],
    ['an octet less', async () => (await crl()).subarray(0, -1), 'truncated'],
    ['nothing', async () => new Uint8Array(0), 'truncated'],
  ])('stops %s', async (_name, der, want) => {
    expect(outcome(await der())).toContain(want);
  });

  it('stops one with any octet of its list changed', async () => {
    const der = await crl();
    const start = der.length - parseCrl(der).signature.length - 40;
    for (let at = start - 60; at < start; at += 1)
      expect(outcome(der.with(at, (der[at] ?? 0) ^ 1)), `octet ${at}`).not.toBe('published');
  });

  it('asks who may leave, entry by entry', async () => {
    const der = await crl({ entries: [entry(2)] });
    const asked: string[] = [];
    const previous = last(entry(1), entry(2), entry(3));
    const may = ({ serial }: ListedEntry) => asked.push(serial.toHex()) > 0;
    expect(outcome(der, previous, may)).toBe('published');
    expect(asked).toEqual([sampleSerial(1).toHex(), sampleSerial(3).toHex()]);
  });

  it('lets a hold become a revocation, and worse', async () => {
    const der = await crl({ entries: [entry(1, { reason: 1 })] });
    expect(outcome(der, last(entry(1, { reason: 6 })))).toBe('published');
    expect(outcome(der, last(entry(1)))).toBe('published');
  });
});

describe('a CRL', () => {
  it('says what it was told (REV-1..REV-8)', async () => {
    const entries = [entry(1, { reason: 0 }), entry(2, { reason: 1, invalidityDate: after(-9) })];
    const read = parseCrl(await crl({ entries }));
    expect(read.crlNumber).toBe(5n);
    expect([read.thisUpdate, read.nextUpdate]).toEqual([NOW, after(2)]);
    const listed = Array.from(read.entries);
    expect(listed.map(({ serialHex }) => serialHex)).toEqual(entries.map(({ serial }) => serial.toHex()));
    expect(listed[0]?.reason).toBeUndefined();
    expect(listed[1]).toMatchObject({ reason: 1, invalidityDate: after(-9), revocationDate: after(-1) });
  });

  it('without entries has no list of them (REV-3)', async () => {
    expect(Array.from(parseCrl(await crl({ entries: [] })).entries)).toEqual([]);
  });

  it.each<[string, Partial<CrlInput>, string]>([
    ['of another reason than the standard has', { entries: [entry(1, { reason: 7 })] }, 'bad-extension'],
    ['with removeFromCRL (REV-7)', { entries: [entry(1, { reason: 8 })] }, 'lint-failed'],
    ['over ten days long (REV-2)', { nextUpdate: after(11) }, 'lint-failed'],
    ['that ends before it starts', { nextUpdate: after(-1) }, 'lint-failed'],
    ['with an entry of the future (REV-4)', { entries: [entry(1, { revocationDate: after(1) })] }, 'lint-failed'],
    ['with an entry twice', { entries: [entry(1), entry(1)] }, 'lint-failed'],
  ])('%s is not signed', async (_name, change, code) => {
    await expect(crl(change)).rejects.toThrow(expect.objectContaining({ code }));
  });

  it('of the root may last a year, and not longer', async () => {
    const input = { ca: root, entries: [] };
    await expect(crl({ ...input, nextUpdate: after(365) })).resolves.toBeDefined();
    await expect(crl({ ...input, nextUpdate: after(370) })).rejects.toThrow(
      expect.objectContaining({ code: 'lint-failed' }),
    );
  });
});
