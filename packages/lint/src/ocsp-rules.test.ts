import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  derBitString,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derNull,
  derOctetString,
  derOid,
  derSequence,
} from '@see/asn1';
import {
  assembleOcspResponse,
  buildResponseData,
  encodeCertId,
  nonceExtension,
  ocspErrorResponse,
  type ResponseData,
  type SingleResponse,
} from '@see/ocsp';
import {
  assembleSigned,
  authorityKeyIdentifier,
  buildTbsCertificate,
  type CertificateTemplate,
  crlReason,
  type Extension,
  encodeExtensions,
  encodeName,
  extKeyUsage,
  fromHex,
  invalidityDate,
  keyHashOf,
  oid,
  parseSpki,
  sha1,
  sha256,
  signatureAlgorithm,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { lintOcspResponse } from './index.ts';
import type { LintContext } from './lint-context.ts';
import { ocspRules } from './ocsp/index.ts';
import {
  caCertificate,
  delegateCertificate,
  ecKey,
  name,
  now,
  rootCertificate,
  soundTemplate,
  subjects,
} from './samples.ts';

interface Sample {
  readonly der: Uint8Array;
  readonly context: LintContext;
}

const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const caName = encodeName(subjects['issuing-ca']);
const keyBits = (spki: Uint8Array) => parseSpki(spki).publicKeyBits;
const certId = (serialNumber: Uint8Array, hash: 'sha1' | 'sha256' = 'sha256') => {
  const digest = hash === 'sha1' ? sha1 : sha256;
  return encodeCertId({
    hashAlgorithm: hash,
    issuerNameHash: digest(caName),
    issuerKeyHash: digest(keyBits(ecKey(2))),
    serialNumber,
  });
};
const serial = fromHex('5a112233445566778899aabbccddeeff') as Uint8Array;
const good: SingleResponse = {
  certIdDer: certId(serial),
  status: { kind: 'good' },
  thisUpdate: now,
  nextUpdate: later(24),
};
const revoked = (reason?: number): SingleResponse => ({
  ...good,
  status: { kind: 'revoked', revocationTime: later(-5), ...(reason === undefined ? {} : { reason }) },
});
const neverIssued: SingleResponse = { ...good, status: { kind: 'revoked', revocationTime: new Date(0), reason: 6 } };
const context: LintContext = { purpose: 'issuing-ca', issuer: caCertificate, now };
const algorithm = signatureAlgorithm('ecdsa-sha384');
const keyHash = keyHashOf(parseSpki(ecKey(3)));

interface Changes extends Partial<ResponseData> {
  readonly certs?: readonly Uint8Array[];
  readonly algorithm?: Uint8Array;
}

function change(
  { certs = [delegateCertificate], algorithm: signedWith = algorithm, ...data }: Changes,
  more: Partial<LintContext> = {},
): Sample {
  const tbs = buildResponseData({ responderKeyHash: keyHash, producedAt: now, responses: [good], ...data });
  return { der: assembleOcspResponse(tbs, signedWith, Uint8Array.of(1), certs), context: { ...context, ...more } };
}
const single = (changes: Partial<SingleResponse>) => change({ responses: [{ ...good, ...changes }] });
function delegate(changes: Partial<CertificateTemplate>): Uint8Array {
  return assembleSigned(
    buildTbsCertificate({ ...soundTemplate('ocsp-responder'), ...changes }),
    algorithm,
    Uint8Array.of(1),
  );
}
const withExtension = (extension: Extension) =>
  delegate({
    extensions: soundTemplate('ocsp-responder').extensions.map((each) =>
      each.oid === extension.oid ? extension : each,
    ),
  });

// For what the builder cannot write.
const time = derGeneralizedTime(now);
const next = derExplicit(0, derGeneralizedTime(later(24)));
const goodStatus = derImplicit(0, derNull());
function raw(parts: {
  responder?: Uint8Array;
  single?: readonly Uint8Array[];
  extensions?: readonly Extension[];
}): Sample {
  const tbs = derSequence(
    parts.responder ?? derExplicit(2, derOctetString(keyHash)),
    time,
    derSequence(derSequence(...(parts.single ?? [good.certIdDer, goodStatus, time, next]))),
    ...(parts.extensions === undefined ? [] : [derExplicit(1, encodeExtensions(parts.extensions))]),
  );
  return { der: assembleOcspResponse(tbs, algorithm, Uint8Array.of(1), [delegateCertificate]), context };
}
const rawRevoked = (reason: number) =>
  raw({
    single: [
      good.certIdDer,
      derImplicit(1, derSequence(time, derExplicit(0, Uint8Array.of(10, 1, reason)))),
      time,
      next,
    ],
  });
const extended = (changes: Partial<Extension>): Extension => ({
  oid: oid.ocspExtendedRevoke,
  critical: false,
  value: derNull(),
  ...changes,
});

const samples: Readonly<Record<string, () => Sample>> = {
  e_rev22_responder_by_name: () => raw({ responder: derExplicit(1, encodeName(subjects['ocsp-responder'])) }),
  e_rev22_key_hash_length: () => change({ responderKeyHash: new Uint8Array(32) }),
  e_rev23_responder_unknown: () => change({ certs: [] }),
  e_rev23_delegate_of_other_ca: () => change({ certs: [withExtension(authorityKeyIdentifier(new Uint8Array(20)))] }),
  e_rev23_delegate_purpose: () => change({ certs: [withExtension(extKeyUsage([oid.clientAuth]))] }),
  e_rev23_root_included: () => change({ certs: [delegateCertificate, rootCertificate] }),
  w_rev23_more_certificates: () => change({ certs: [delegateCertificate, caCertificate] }),
  e_rev24_delegate_ends_first: () => change({ certs: [delegate({ notAfter: later(12) })] }),
  e_rev24_delegate_not_valid: () => change({ certs: [delegate({ notBefore: later(1) })] }),
  e_rev24_next_update_missing: () => raw({ single: [good.certIdDer, goodStatus, time] }),
  e_rev24_update_order: () => single({ thisUpdate: later(1) }),
  e_rev24_produced_in_future: () => change({ producedAt: later(1) }),
  e_rev24_interval_long: () => single({ nextUpdate: later(241) }),
  n_rev24_interval_short: () => single({ nextUpdate: later(7) }),
  e_rev25_reason_unspecified: () => rawRevoked(0),
  e_rev34_reason_impossible: () => rawRevoked(8),
  e_rev25_ca_without_reason: () => change({ responses: [revoked()] }, { purpose: 'root' }),
  e_rev26_extended_revoke_missing: () => change({ responses: [neverIssued] }),
  e_rev26_never_issued_form: () =>
    change({ responses: [{ ...neverIssued, singleExtensions: [invalidityDate(now)] }], extendedRevoke: true }),
  e_rev26_extended_revoke_form: () => raw({ extensions: [extended({ critical: true })] }),
  e_rev28_reason_code_extension: () => single({ singleExtensions: [crlReason(1)] }),
  e_rev29_cert_id_hash: () =>
    single({
      certIdDer: derSequence(
        derSequence(derOid('1.2.3')),
        derOctetString(serial),
        derOctetString(serial),
        Uint8Array.of(2, 1, 5),
      ),
    }),
  e_rev29_cert_id_of_other_issuer: () => change({}, { issuer: rootCertificate }),
  e_rev26_good_for_no_serial: () => single({ certIdDer: certId(Uint8Array.of(0)) }),
  e_rev25_revoked_in_future: () =>
    change({ responses: [{ ...good, status: { kind: 'revoked', revocationTime: later(1), reason: 1 } }] }),
  e_rev30_nonce_length: () => change({ nonce: new Uint8Array(129) }),
  e_rev30_nonce_critical: () => raw({ extensions: [{ ...nonceExtension(serial), critical: true }] }),
  e_rfc6960_extension_unknown: () => raw({ extensions: [extended({ oid: '1.2.3' })] }),
  e_rev28_single_extension_unknown: () => single({ singleExtensions: [extended({ oid: '1.2.3' })] }),
  e_rev33_signature_algorithm_not_allowed: () =>
    change({ algorithm: fromHex('300d06092a864886f70d0101050500') as Uint8Array }),
  e_rev33_signature_algorithm_of_key: () => change({ algorithm: signatureAlgorithm('ecdsa-sha256') }),
  w_rev29_answered_twice: () => change({ responses: [good, good] }),
};

const found = ({ der, context: where }: Sample) => lintOcspResponse(der, where);

describe('sound responses', () => {
  it.each<readonly [string, Sample]>([
    ['good', change({})],
    ['good, with SHA-1', single({ certIdDer: certId(serial, 'sha1') })],
    ['unknown', single({ status: { kind: 'unknown' } })],
    [
      'revoked, with a date of invalidity',
      change({ responses: [{ ...revoked(1), singleExtensions: [invalidityDate(later(-9))] }] }),
    ],
    ['never issued', change({ responses: [neverIssued], extendedRevoke: true })],
    ['with a nonce', change({ nonce: new Uint8Array(32) })],
    ['signed by the CA', change({ responderKeyHash: keyHashOf(parseSpki(ecKey(2))), certs: [] })],
    ['an error', { der: ocspErrorResponse('tryLater'), context }],
  ])('%s: no finding', (_name, sample) => {
    expect(found(sample)).toEqual([]);
  });
});

describe('rules on OCSP responses', () => {
  const ids = ocspRules.map((rule) => rule.id);

  it('are one a file, each with an id of its own and a bad sample', () => {
    const files = readdirSync(join(import.meta.dirname, 'ocsp')).filter((file) => file !== 'index.ts');
    expect(ocspRules).toHaveLength(files.length);
    expect(new Set(ids).size).toBe(files.length);
    expect(Object.keys(samples).sort()).toEqual([...ids].sort());
    for (const { id, severity } of ocspRules) expect(id.slice(0, 2)).toBe(`${severity[0]}_`);
  });

  it.each(ids)('%s', (id) => {
    const sample = samples[id];
    if (sample === undefined) throw new Error(`no sample for ${id}`);
    expect(found(sample()).find((each) => each.id === id)?.message).toMatch(/\S/);
  });

  it('a delegate of another CA is told from one of another key', () => {
    const other = change({ certs: [delegate({ issuerDer: encodeName(name([oid.commonName, 'Other'])) })] });
    expect(found(other).find(({ id }) => id === 'e_rev23_delegate_of_other_ca')?.message).toContain('another CA');
  });

  it.each<readonly [string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['status 4', Uint8Array.of(0x30, 3, 10, 1, 4)],
    ['a certificate that cannot be read', change({ certs: [derSequence(derBitString(serial))] }).der],
  ])('%s: one error', (_name, der) => {
    expect(lintOcspResponse(der, context).map(({ id }) => id)).toEqual(['e_ocsp_unreadable']);
  });
});
