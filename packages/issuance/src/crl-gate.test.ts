import {
  assembleSigned,
  authorityKeyIdentifier,
  buildTbsCertList,
  type CertificateList,
  crlNumber,
  deltaCrlIndicator,
  type Extension,
  freshestCrl,
  issuingDistributionPoint,
  parseCrl,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import type { CrlForm } from './crl-form.ts';
import { assertPublishable, type CrlExpectation } from './crl-gate.ts';
import { IssuanceError } from './linted-tbs.ts';
import type { RevokedRow } from './revoked-set.ts';
import { DAY, NOW, sampleCa, sampleKey, sampleRoot, sampleSerial } from './sample-cas.ts';
import { setOf } from './sample-entries.ts';
import { type CrlInput, signCrl } from './sign-crl.ts';

const root = await sampleRoot();
const ca = await sampleCa(root, 'individual');
const other = await sampleCa(root, 'individual');
const tls = await sampleCa(root, 'tls');
const rsa = await sampleCa(root, 'individual', sampleKey('RSA'));
const FULL: CrlForm = { kind: 'full', freshest: undefined };
const URL = 'http://localhost:8080/crl/individual/4-1.crl';
const after = (days: number): Date => new Date(NOW.getTime() + days * DAY);
const row = (fill: number, reason = 4, revokedAt = after(-1).getTime() / 1000): RevokedRow => ({
  serial: sampleSerial(fill),
  revokedAt,
  reason,
  invalidSince: 0,
});

type Change = Partial<Omit<CrlInput, 'entries'>> & { rows?: RevokedRow[] };
async function crl({ rows = [row(1), row(2)], ...change }: Change = {}): Promise<Uint8Array> {
  const entries = setOf(...rows).entries();
  return signCrl({ ca, form: FULL, number: 5n, thisUpdate: NOW, nextUpdate: after(2), entries, ...change });
}
const listed = async (change: Change): Promise<CertificateList> => parseCrl(await crl(change));
const LAST = await listed({ number: 4n, thisUpdate: after(-0.5), nextUpdate: after(1), rows: [row(1)] });

/** What the gate says, when the set has `rows`. */
async function outcome(der: Uint8Array, rows: RevokedRow[], change: Partial<CrlExpectation> = {}): Promise<string> {
  const last = 'last' in change ? change.last : LAST;
  const told = { list: last?.entries };
  const set = setOf(...rows);
  try {
    await assertPublishable(der, { ca, form: FULL, set, told, mayLeave: () => false, ...change, last });
  } catch (error) {
    if (!(error instanceof IssuanceError)) return (error as { code?: string }).code ?? String(error);
    expect(error.code).toBe('crl-gate');
    return error.message;
  }
  return 'published';
}

/** A list that `signCrl` would not make, with a good signature. */
async function odd(change: { nextUpdate?: Date; extensions?: readonly Extension[] }): Promise<Uint8Array> {
  const algorithm = signatureAlgorithm(ca.key.algorithm);
  const tbs = buildTbsCertList({
    signatureAlgorithmDer: algorithm,
    issuerDer: ca.subjectDer,
    thisUpdate: NOW,
    nextUpdate: change.nextUpdate ?? after(2),
    entries: [],
    extensions: [authorityKeyIdentifier(ca.ski), ...(change.extensions ?? [crlNumber(5n)])],
  });
  return assembleSigned(tbs, algorithm, await ca.key.sign(tbs));
}

describe('the gate of CRLs', () => {
  it('lets a good one through, also the first, and what an RSA key signed', async () => {
    const rows = [row(1), row(2)];
    expect(await outcome(await crl(), rows)).toBe('published');
    expect(await outcome(await crl(), rows, { last: undefined })).toBe('published');
    expect(await outcome(await crl({ ca: rsa }), rows, { ca: rsa, last: undefined })).toBe('published');
  });

  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['another CA', () => crl({ ca: tls }), 'issuer is another'],
    ['another key of the same name', () => crl({ ca: other }), 'signature does not verify'],
    ['the number of the last one', () => crl({ number: 4n }), 'number 4 does not rise over 4'],
    ['a lower number', () => crl({ number: 3n }), 'number 3 does not rise over 4'],
    ['an older time', () => crl({ thisUpdate: after(-0.75), nextUpdate: after(1) }), 'is older than the last one'],
    ['a lost entry', () => crl({ rows: [row(2)] }), `entry ${sampleSerial(1).toHex()} is missing`],
    ['no entry at all', () => crl({ rows: [] }), `entry ${sampleSerial(1).toHex()} is missing`],
    ['the last entry missing', () => crl({ rows: [row(1)] }), `entry ${sampleSerial(2).toHex()} is missing`],
    ['an entry that nobody knows', () => crl({ rows: [row(1), row(2), row(3)] }), 'is not known'],
    ['another reason', () => crl({ rows: [row(1, 1), row(2)] }), 'says something else'],
    ['another time', () => crl({ rows: [row(1, 4, 1), row(2)] }), 'says something else'],
    ['no number', () => odd({ extensions: [] }), 'number or nextUpdate is missing'],
    ['an end before its start', () => odd({ nextUpdate: after(-3) }), 'ends before it starts'],
    ['an end at its start', () => odd({ nextUpdate: NOW }), 'ends before it starts'],
    ['an octet too many', async () => Uint8Array.from([...(await crl()), 0]), 'trailing'],
    ['an octet less', async () => (await crl()).subarray(0, -1), 'truncated'],
    ['nothing', async () => new Uint8Array(0), 'truncated'],
  ])('stops %s', async (_name, der, want) => {
    expect(await outcome(await der(), [row(1), row(2)])).toContain(want);
  });

  it('stops one with any octet of its list changed', async () => {
    const der = await crl();
    const start = der.length - parseCrl(der).signature.length - 40;
    for (let at = start - 60; at < start; at += 1)
      expect(await outcome(der.with(at, (der[at] ?? 0) ^ 1), [row(1), row(2)]), `octet ${at}`).not.toBe('published');
  });

  it('stops what was told and is known no more, unless somebody vouches for it, entry by entry', async () => {
    const last = await listed({ number: 4n, rows: [row(1), row(2, 6), row(3, 6)] });
    const der = await crl({ rows: [row(2, 6)] });
    expect(await outcome(der, [row(2, 6)], { last })).toContain(`lost entry ${sampleSerial(1).toHex()}`);
    const asked: string[] = [];
    const mayLeave = (serial: string, reason: number) => asked.push(`${serial} ${reason}`) > 0;
    expect(await outcome(der, [row(2, 6)], { last, mayLeave })).toBe('published');
    expect(asked).toEqual([`${sampleSerial(1).toHex()} 4`, `${sampleSerial(3).toHex()} 6`]);
  });

  it('stops what went from revoked to held, and lets a hold become a revocation, and worse', async () => {
    const held = [row(1, 6)];
    expect(await outcome(await crl({ rows: held }), held, { mayLeave: () => true })).toContain(
      'went from revoked to held',
    );
    const last = await listed({ number: 4n, rows: held });
    expect(await outcome(await crl({ rows: [row(1, 1)] }), [row(1, 1)], { last })).toBe('published');
    expect(await outcome(await crl({ rows: [row(1, 1)] }), [row(1, 1)])).toBe('published');
  });
});

describe('what a CRL covers', () => {
  const forms: readonly CrlForm[] = [
    FULL,
    { kind: 'full', freshest: 'http://localhost:8080/crl/individual-delta.crl' },
    { kind: 'part', url: URL },
    { kind: 'part', url: `${URL}x` },
  ];
  it('is what it has to cover, and nothing else', async () => {
    for (const [index, form] of forms.entries()) {
      const der = await crl({ form, rows: [] });
      for (const [place, wanted] of forms.entries()) {
        const want = place === index ? 'published' : `is no ${wanted.kind} list`;
        expect(await outcome(der, [], { form: wanted, last: undefined })).toContain(want);
      }
    }
  });

  it.each<[string, Extension[]]>([
    [
      'an issuingDistributionPoint that is not critical',
      [{ ...issuingDistributionPoint({ uris: [URL] }), critical: false }],
    ],
    ['one of users alone', [issuingDistributionPoint({ uris: [URL], onlyContainsUserCerts: true })]],
    ['two addresses', [issuingDistributionPoint({ uris: [URL, `${URL}x`] })]],
    ['a delta besides', [issuingDistributionPoint({ uris: [URL] }), deltaCrlIndicator(3n)]],
    ['freshestCRL besides', [issuingDistributionPoint({ uris: [URL] }), freshestCrl([URL])]],
  ])('is not a part with %s', async (_name, extensions) => {
    const der = await odd({ extensions: [crlNumber(5n), ...extensions] });
    expect(await outcome(der, [], { form: { kind: 'part', url: URL }, last: undefined })).toContain('is no part list');
  });
});

describe('the gate of delta CRLs', () => {
  const base = LAST;
  const form: CrlForm = { kind: 'delta', base: 4n };
  const told = { list: base.entries };
  const delta = (rows: RevokedRow[], number = 5n) => crl({ form, rows, number });
  const check = { form, base, told, last: undefined };

  it('lets through what is the set together with its base', async () => {
    expect(await outcome(await delta([row(2)]), [row(1), row(2)], check)).toBe('published');
    expect(await outcome(await delta([]), [row(1)], check)).toBe('published');
    expect(await outcome(await delta([row(1, 1)]), [row(1, 1)], check)).toBe('published');
    const gone = { ...check, mayLeave: () => true };
    expect(await outcome(await delta([row(1, 8)]), [], gone)).toBe('published');
  });

  it.each<[string, RevokedRow[], RevokedRow[], Partial<CrlExpectation>, string]>([
    ['that lacks what is new', [], [row(1), row(2)], {}, `${sampleSerial(2).toHex()} is missing`],
    ['that removes what stands', [row(1, 8)], [row(1)], {}, `${sampleSerial(1).toHex()} is missing`],
    ['that does not remove what is gone', [], [], { mayLeave: () => true }, `${sampleSerial(1).toHex()} is not known`],
    ['that removes what nobody vouches for', [row(1, 8)], [], {}, `lost entry ${sampleSerial(1).toHex()}`],
    ['that holds what was revoked', [row(1, 6)], [row(1, 6)], {}, 'went from revoked to held'],
    ['on another base', [], [row(1)], { form: { kind: 'delta', base: 3n } }, 'is no delta list'],
    ['without its base', [], [row(1)], { base: undefined }, 'the base is not the full list 4'],
  ])('stops one %s', async (_name, rows, stands, change, want) => {
    expect(await outcome(await delta(rows), stands, { ...check, ...change })).toContain(want);
  });

  it('stops one whose number is not above that of its base', async () => {
    const late = await listed({ number: 9n, rows: [row(1)] });
    const der = await odd({ extensions: [crlNumber(5n), deltaCrlIndicator(9n)] });
    const change = { ...check, form: { kind: 'delta', base: 9n } as const, base: late };
    expect(await outcome(der, [row(1)], change)).toContain('does not rise over 9');
  });

  it('stops one that does not tell again what the last on the same base told', async () => {
    const last = await listed({ form, number: 5n, rows: [row(3, 6)] });
    const was = { list: base.entries, delta: last.entries };
    const change = { ...check, last, told: was, mayLeave: () => true };
    expect(await outcome(await delta([], 6n), [row(1)], change)).toContain('is not told again');
    expect(await outcome(await delta([row(3, 8)], 6n), [row(1)], change)).toBe('published');
  });
});

/** Octets of the header of an element, and of its content. */
const headerOf = (der: Uint8Array): number => ((der[1] ?? 0) < 0x80 ? 2 : 2 + ((der[1] ?? 0) & 0x7f));
const lengthOf = (der: Uint8Array): number =>
  der.subarray((der[1] ?? 0) < 0x80 ? 1 : 2, headerOf(der)).reduce((length, octet) => length * 256 + octet, 0);

describe('a CRL', () => {
  it('says what it was told (REV-1..REV-8)', async () => {
    const invalidSince = after(-9).getTime() / 1000;
    const rows = [row(1, 0), { ...row(2, 1), invalidSince }];
    const read = await listed({ rows });
    expect(read.crlNumber).toBe(5n);
    expect([read.thisUpdate, read.nextUpdate]).toEqual([NOW, after(2)]);
    const entries = Array.from(read.entries);
    expect(entries.map(({ serialHex }) => serialHex)).toEqual(rows.map(({ serial }) => serial.toHex()));
    expect(entries[0]?.reason).toBeUndefined();
    expect(entries[1]).toMatchObject({ reason: 1, invalidityDate: after(-9), revocationDate: after(-1) });
  });

  it('without entries has no list of them (REV-3)', async () => {
    expect((await listed({ rows: [] })).entries.present).toBe(false);
  });

  it.each([0, 1, 2, 3, 1_600, 3_000])(
    'is whole where its header is longer than that of what is signed: %i entries',
    async (count) => {
      const rows = Array.from({ length: count }, (_, index) => ({
        ...row(1, index % 2),
        serial: Uint8Array.of(0x40, index >> 8, index & 0xff),
      }));
      for (const issuer of [ca, rsa]) {
        const der = await crl({ ca: issuer, rows });
        const [own, inner] = [headerOf(der), headerOf(parseCrl(der).tbs)];
        // An RSA signature of 512 octets lifts a short list over the boundary of two length octets.
        if (issuer === rsa && count === 0) expect(own).toBeGreaterThan(inner);
        expect(own + lengthOf(der)).toBe(der.length);
        expect(await outcome(der, rows, { ca: issuer, last: undefined })).toBe('published');
      }
    },
  );

  it('of the root may last a year, and not longer', async () => {
    const input = { ca: root, rows: [] };
    await expect(crl({ ...input, nextUpdate: after(365) })).resolves.toBeDefined();
    await expect(crl({ ...input, nextUpdate: after(370) })).rejects.toThrow(
      expect.objectContaining({ code: 'lint-failed' }),
    );
  });
});
