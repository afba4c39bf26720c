import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  derBoolean,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derInteger,
  derNull,
  derSequence,
  derTime,
} from '@see/asn1';
import {
  authorityKeyIdentifier,
  buildTbsCertList,
  type CrlEntryTemplate,
  type CrlTemplate,
  crlNumber,
  crlReason,
  deltaCrlIndicator,
  type Extension,
  encodeExtensions,
  encodeName,
  expiredCertsOnCrl,
  freshestCrl,
  fromHex,
  issuingDistributionPoint,
  keyIdentifierOf,
  oid,
  parseSpki,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { crlRules } from './crl/index.ts';
import { lintCrl } from './index.ts';
import type { LintContext } from './lint-context.ts';
import { caCertificate, ecKey, endAfter, now, rootCertificate, subjects } from './samples.ts';

interface Sample {
  readonly tbs: Uint8Array;
  readonly context: LintContext;
}

const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const serial = (last: number) => Uint8Array.from([0x5a, ...new Uint8Array(14), last]);
const aki = authorityKeyIdentifier(keyIdentifierOf(parseSpki(ecKey(2))));
const rootAki = authorityKeyIdentifier(keyIdentifierOf(parseSpki(ecKey(1))));
const entries: readonly CrlEntryTemplate[] = [
  { serialNumber: serial(1), revocationDate: later(-1), reason: 1, invalidityDate: later(-30) },
  { serialNumber: serial(2), revocationDate: later(-2), reason: 6 },
  { serialNumber: serial(3), revocationDate: later(-3) },
];
const sound: CrlTemplate = {
  signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
  issuerDer: encodeName(subjects['issuing-ca']),
  thisUpdate: now,
  nextUpdate: later(2),
  entries,
  extensions: [aki, crlNumber(7)],
};
const context: LintContext = { purpose: 'issuing-ca', issuer: caCertificate, now };
const ofRoot: LintContext = { purpose: 'root', issuer: rootCertificate, now };
const soundOfRoot: CrlTemplate = {
  ...sound,
  issuerDer: encodeName(subjects.root),
  nextUpdate: later(365),
  entries: [{ serialNumber: serial(1), revocationDate: later(-1), reason: 4 }],
  extensions: [rootAki, crlNumber(7)],
};

const change = (changes: Partial<CrlTemplate>, more: Partial<LintContext> = {}): Sample => ({
  tbs: buildTbsCertList({ ...sound, ...changes }),
  context: { ...context, ...more },
});
const root = (changes: Partial<CrlTemplate>): Sample => ({
  tbs: buildTbsCertList({ ...soundOfRoot, ...changes }),
  context: ofRoot,
});
const put = (...extensions: readonly Extension[]) => {
  const replaced = extensions.map((each) => each.oid);
  return change({ extensions: [...sound.extensions.filter((each) => !replaced.includes(each.oid)), ...extensions] });
};
const entry = (changes: Partial<CrlEntryTemplate>) =>
  change({ entries: [{ ...(entries[0] as CrlEntryTemplate), ...changes }] });

// For what the builder refuses.
function raw(parts: {
  version?: Uint8Array[];
  nextUpdate?: Uint8Array[];
  entry?: Uint8Array;
  extensions?: Uint8Array[];
}): Sample {
  const tbs = derSequence(
    ...(parts.version ?? [derInteger(1)]),
    sound.signatureAlgorithmDer,
    sound.issuerDer,
    derTime(now),
    ...(parts.nextUpdate ?? [derTime(later(2))]),
    ...(parts.entry === undefined ? [] : [derSequence(parts.entry)]),
    ...(parts.extensions ?? [derExplicit(0, encodeExtensions(sound.extensions))]),
  );
  return { tbs, context };
}
const rawEntry = (...extensions: readonly Extension[]) =>
  raw({ entry: derSequence(derInteger(5), derTime(later(-1)), encodeExtensions(extensions)) });

const samples: Readonly<Record<string, () => Sample>> = {
  e_rev1_version_not_v2: () => raw({ version: [], extensions: [] }),
  e_rev1_issuer_bytes: () => change({ issuerDer: encodeName(subjects.root) }),
  e_rev1_aki_missing: () => change({ extensions: [crlNumber(7)] }),
  e_rev1_aki_of_issuer: () => put(authorityKeyIdentifier(new Uint8Array(20))),
  e_rev1_number_missing: () => change({ extensions: [aki] }),
  e_rev1_number_critical: () => put({ ...crlNumber(7), critical: true }),
  e_rfc5280_crl_aki_critical: () => put({ ...aki, critical: true }),
  e_rev2_next_update_missing: () => raw({ nextUpdate: [] }),
  e_rev2_update_order: () => change({ nextUpdate: now }),
  e_rev2_time_type: () => raw({ nextUpdate: [derGeneralizedTime(later(2))] }),
  e_rev2_this_update_in_future: () => change({}, { now: later(-10) }),
  e_rev2_next_update_far: () => change({ nextUpdate: later(11) }),
  e_rev2_root_next_update_far: () => root({ nextUpdate: later(367) }),
  e_rev4_serial_malformed: () => entry({ serialNumber: new Uint8Array(21).fill(1) }),
  e_rev4_serial_twice: () => change({ entries: [...entries, entries[0] as CrlEntryTemplate] }),
  e_rev4_revoked_in_future: () => entry({ revocationDate: later(1) }),
  w_rev4_invalidity_after_revocation: () => entry({ invalidityDate: later(0) }),
  e_rev5_reason_unspecified: () => rawEntry({ ...crlReason(1), value: Uint8Array.of(10, 1, 0) }),
  e_rev5_reason_critical: () => rawEntry({ ...crlReason(1), critical: true }),
  e_rev5_reason_unused: () => entry({ reason: 10 }),
  e_rev5_ca_compromise_of_leaf: () => entry({ reason: 2 }),
  e_rev5_ca_without_reason: () => root({ entries: [{ serialNumber: serial(1), revocationDate: later(-1) }] }),
  e_rev7_remove_in_full: () => entry({ reason: 8 }),
  e_rev8_ca_on_hold: () => root({ entries: [{ serialNumber: serial(1), revocationDate: later(-1), reason: 6 }] }),
  e_rev8_hold_not_permitted: () => change({}, { profile: { holdPermitted: false } }),
  e_rev10_delta_not_critical: () => put({ ...deltaCrlIndicator(5), critical: false }),
  e_rev10_delta_base_order: () => put(deltaCrlIndicator(7)),
  e_rev10_freshest_in_delta: () => put(deltaCrlIndicator(5), freshestCrl(['http://a/d'])),
  e_rev10_freshest_critical: () => put({ ...freshestCrl(['http://a/d']), critical: true }),
  e_rev11_expired_certs_critical: () => put({ ...expiredCertsOnCrl(now), critical: true }),
  e_rev12_idp_not_critical: () => put({ ...issuingDistributionPoint({ uris: ['http://a/7'] }), critical: false }),
  e_rev12_idp_indirect: () => put(issuingDistributionPoint({ indirectCRL: true })),
  w_rev12_idp_some_reasons: () => put(issuingDistributionPoint({ onlySomeReasons: [1] })),
  e_rev12_idp_not_http: () => put(issuingDistributionPoint({ uris: ['ldap://a/7'] })),
  e_rfc5280_crl_extension_unreadable: () =>
    put({ oid: oid.issuingDistributionPoint, critical: true, value: derSequence(derImplicit(4, derBoolean(false))) }),
  e_rfc5280_crl_extension_unknown: () => put({ oid: '1.2.3', critical: false, value: derNull() }),
  e_rfc5280_crl_entry_extension_unknown: () => rawEntry({ oid: '1.2.3', critical: false, value: derNull() }),
  e_prf0_crl_signature_algorithm_not_allowed: () =>
    change({ signatureAlgorithmDer: fromHex('300d06092a864886f70d0101050500') as Uint8Array }),
  e_prf0_crl_signature_algorithm_of_key: () => change({ signatureAlgorithmDer: signatureAlgorithm('rsa-sha384') }),
  w_rev2_outlives_issuer: () => change({ thisUpdate: endAfter(3649), nextUpdate: later(3652) }, { now: later(3650) }),
};

const found = ({ tbs, context: where }: Sample) => lintCrl(tbs, where);

describe('sound CRLs', () => {
  it.each<readonly [string, Sample]>([
    ['of end entities', change({})],
    ['without entries', change({ entries: [] })],
    ['of CAs', root({})],
    ['of CAs, without entries', root({ entries: [] })],
    ['a delta', put(deltaCrlIndicator(5), issuingDistributionPoint({ uris: ['http://va.example/crl/7.crl'] }))],
    [
      'that keeps the expired',
      put(expiredCertsOnCrl(new Date('2026-01-01T00:00:00Z')), freshestCrl(['http://va.example/d.crl'])),
    ],
  ])('%s: no finding', (_name, sample) => {
    expect(found(sample)).toEqual([]);
  });

  it('removeFromCRL in a delta: no finding', () => {
    const sample = change({
      entries: [{ serialNumber: serial(1), revocationDate: later(-1), reason: 8 }],
      extensions: [...sound.extensions, deltaCrlIndicator(5)],
    });
    expect(found(sample)).toEqual([]);
  });

  it('of 100,000 entries are linted in well under two seconds', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => {
      const serialNumber = serial(1);
      new DataView(serialNumber.buffer).setUint32(4, index);
      return { serialNumber, revocationDate: later(-1), reason: 1 };
    });
    const sample = change({ entries: many });
    const started = performance.now();
    expect(found(sample)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('rules on CRLs', () => {
  const ids = crlRules.map((rule) => rule.id);

  it('are one a file, each with an id of its own and a bad sample', () => {
    const files = readdirSync(join(import.meta.dirname, 'crl')).filter((file) => file !== 'index.ts');
    expect(crlRules).toHaveLength(files.length);
    expect(new Set(ids).size).toBe(files.length);
    expect(Object.keys(samples).sort()).toEqual([...ids].sort());
    for (const { id, severity } of crlRules) expect(id.slice(0, 2)).toBe(`${severity[0]}_`);
  });

  it.each(ids)('%s', (id) => {
    const sample = samples[id];
    if (sample === undefined) throw new Error(`no sample for ${id}`);
    expect(found(sample()).find((each) => each.id === id)?.message).toMatch(/\S/);
  });

  it.each<readonly [string, Sample]>([
    ['nothing', { tbs: new Uint8Array(0), context }],
    [
      'an empty list of entries',
      {
        tbs: derSequence(derInteger(1), sound.signatureAlgorithmDer, sound.issuerDer, derTime(now), derSequence()),
        context,
      },
    ],
    ['an entry that cannot be read', raw({ entry: derNull() })],
    ['a reason that does not exist', rawEntry({ ...crlReason(1), value: Uint8Array.of(10, 1, 7) })],
  ])('%s: one error', (_name, sample) => {
    expect(found(sample).map(({ id }) => id)).toEqual(['e_crl_unreadable']);
  });
});
