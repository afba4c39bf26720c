import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  derBitString,
  derBmp,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derInteger,
  derOctetString,
  derOid,
  derPrintable,
  derSequence,
  derSet,
  derSetOf,
  derTime,
  derUtf8,
} from '@see/asn1';
import {
  assembleSigned,
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  buildTbsCertificate,
  type CertificateTemplate,
  certificatePolicies,
  crlDistributionPoints,
  type Extension,
  encodeExtension,
  encodeExtensions,
  encodeGeneralNames,
  encodeName,
  extKeyUsage,
  freshestCrl,
  fromHex,
  type GeneralName,
  keyIdentifierOf,
  keyUsage,
  type Name,
  type NameConstraints,
  nameConstraints,
  noRevAvail,
  oid,
  parseSpki,
  signatureAlgorithm,
  smimeCapabilities,
  subjectAltName,
  subjectKeyIdentifier,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { certificateRules } from './certificate/index.ts';
import { lintCertificate } from './index.ts';
import type { LintContext, Purpose } from './lint-context.ts';
import {
  ecKey,
  endAfter,
  name,
  now,
  RSA_MODULUS,
  rootCertificate,
  rsaKey,
  soundContext,
  soundTemplate,
  subjects,
} from './samples.ts';

interface Sample {
  readonly tbs: Uint8Array;
  readonly context: LintContext;
}

const hex = (text: string) => fromHex(text) as Uint8Array;

function change(purpose: Purpose, changes: Partial<CertificateTemplate>, context: Partial<LintContext> = {}): Sample {
  return {
    tbs: buildTbsCertificate({ ...soundTemplate(purpose), ...changes }),
    context: { ...soundContext(purpose), ...context },
  };
}
function put(purpose: Purpose, ...extensions: readonly Extension[]): Sample {
  const replaced = extensions.map((extension) => extension.oid);
  const rest = soundTemplate(purpose).extensions.filter((extension) => !replaced.includes(extension.oid));
  return change(purpose, { extensions: [...rest, ...extensions] });
}
const without = (purpose: Purpose, ...types: readonly string[]) =>
  change(purpose, { extensions: soundTemplate(purpose).extensions.filter((each) => !types.includes(each.oid)) });
const critical = (purpose: Purpose, type: string, flag: boolean) =>
  change(purpose, {
    extensions: soundTemplate(purpose).extensions.map((each) =>
      each.oid === type ? { ...each, critical: flag } : each,
    ),
  });
const named = (purpose: Purpose, subject: Name) => change(purpose, { subjectDer: encodeName(subject) });
const add = (purpose: Purpose, type: string, value: string) =>
  named(purpose, [...subjects[purpose], ...name([type, value])]);
const drop = (purpose: Purpose, type: string) =>
  named(
    purpose,
    subjects[purpose].filter(([first]) => first?.type !== type),
  );
const swap = (purpose: Purpose, type: string, value: string) =>
  named(
    purpose,
    subjects[purpose].map((rdn) => (rdn[0]?.type === type ? [{ type, value }] : rdn)),
  );
const names = (purpose: Purpose, ...list: GeneralName[]) =>
  put(purpose, { oid: oid.subjectAltName, critical: false, value: encodeGeneralNames(list) });
const key = (purpose: Purpose, spki: Uint8Array) => change(purpose, { spki });
const days = (purpose: Purpose, count: number, context: Partial<LintContext> = {}) =>
  change(purpose, { notAfter: endAfter(count) }, context);
const constrain = (constraints: Partial<NameConstraints>) =>
  put('issuing-ca', nameConstraints({ permitted: [], excluded: [], ...constraints }));
const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value });
const dns = (value: string): GeneralName => ({ kind: 'dNSName', value });

// For what the builder refuses: the same fields, each as it is given.
function raw(
  purpose: Purpose,
  parts: {
    version?: Uint8Array[];
    serial?: Uint8Array;
    validity?: Uint8Array;
    subject?: Uint8Array;
    issuer?: Uint8Array;
    after?: Uint8Array[];
    extensions?: Uint8Array;
  },
): Sample {
  const sound = soundTemplate(purpose);
  const tbs = derSequence(
    ...(parts.version ?? [derExplicit(0, derInteger(2))]),
    parts.serial ?? derInteger(sound.serialNumber),
    sound.signatureAlgorithmDer,
    parts.issuer ?? sound.issuerDer,
    parts.validity ?? derSequence(derTime(sound.notBefore), derTime(sound.notAfter)),
    parts.subject ?? sound.subjectDer,
    sound.spki,
    ...(parts.after ?? []),
    parts.extensions ?? derExplicit(3, encodeExtensions(sound.extensions)),
  );
  return { tbs, context: soundContext(purpose) };
}
const attribute = (type: string, value: Uint8Array) => derSequence(derOid(type), value);
const rdn = (type: string, value: Uint8Array) => derSet(attribute(type, value));
const root = (certificate: Uint8Array): Partial<LintContext> => ({ issuer: certificate });
const unsigned = (tbs: Uint8Array) => assembleSigned(tbs, signatureAlgorithm('ecdsa-sha384'), Uint8Array.of(1));
const cps = { cpsUri: 'http://va.example/cp' };

const samples: Readonly<Record<string, () => Sample>> = {
  e_prf0_version_not_v3: () => raw('root', { version: [derExplicit(0, derInteger(1))], extensions: new Uint8Array(0) }),
  e_prf0_unique_identifiers: () => raw('user-auth', { after: [derImplicit(1, derBitString(Uint8Array.of(1)))] }),
  e_rfc5280_serial_not_positive: () => raw('user-auth', { serial: derInteger(-(1n << 120n)) }),
  e_rfc5280_serial_too_long: () => change('user-auth', { serialNumber: new Uint8Array(21).fill(1) }),
  e_prf0_serial_too_short: () => change('user-auth', { serialNumber: new Uint8Array(8).fill(1) }),
  e_rfc5280_validity_order: () => change('user-auth', { notAfter: now }),
  e_rfc5280_time_type: () =>
    raw('user-auth', { validity: derSequence(derTime(now), derGeneralizedTime(endAfter(397))) }),
  e_prf0_already_expired: () => change('user-auth', {}, { now: endAfter(400) }),
  w_prf0_not_before_far: () => change('user-auth', {}, { now: endAfter(10) }),
  e_prf_outlives_issuer: () => days('user-auth', 4000),
  e_prf0_issuer_bytes: () =>
    raw('user-auth', {
      issuer: encodeName(
        subjects['issuing-ca'].map(([each]) => [
          { ...(each as { type: string; value: string }), encoding: 'printable' as const },
        ]),
      ),
    }),
  e_rfc5280_issuer_empty: () => raw('user-auth', { issuer: derSequence() }),
  e_rfc5280_issuer_not_ca: () =>
    change('user-auth', {}, root(unsigned(buildTbsCertificate(soundTemplate('operator'))))),
  e_prfr_not_self_issued: () => change('root', { issuerDer: encodeName(subjects['issuing-ca']) }),
  e_prf0_self_issued: () => named('user-auth', subjects['issuing-ca']),
  e_prf0_signature_algorithm_not_allowed: () =>
    change('user-auth', { signatureAlgorithmDer: hex('300d06092a864886f70d0101050500') }),
  e_prf0_signature_algorithm_of_key: () =>
    change('user-auth', { signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha256') }),
  e_prf0_key_unreadable: () =>
    key('user-auth', hex(`3046301006072a8648ce3d020106052b8104002203320002${'11'.repeat(48)}`)),
  e_prf31_key_not_allowed: () => key('user-auth', rsaKey(RSA_MODULUS.slice(0, 512))),
  e_prfr_ca_key: () =>
    key('issuing-ca', hex(`3059301306072a8648ce3d020106082a8648ce3d03010703420004${'11'.repeat(64)}`)),
  w_gov2_key_not_nzism: () => key('user-auth', hex(`302a300506032b6570032100${'11'.repeat(32)}`)),
  e_prf0_key_of_issuer: () => key('user-auth', ecKey(2)),
  e_prf0_rsa_modulus_octets: () => key('user-auth', rsaKey(`40${RSA_MODULUS.slice(2)}`)),
  e_prf0_rsa_exponent: () => key('user-auth', rsaKey(RSA_MODULUS, '03')),
  e_prf0_rsa_small_factor: () => key('user-auth', rsaKey(`${RSA_MODULUS.slice(0, -1)}0`)),
  e_prf0_country_code: () => swap('user-auth', oid.countryName, 'nz'),
  e_prf0_attribute_encoding: () =>
    raw('root', { subject: derSequence(rdn(oid.countryName, derUtf8('NZ')), rdn(oid.commonName, derUtf8('x'))) }),
  e_rfc5280_attribute_too_long: () => swap('user-auth', oid.organizationName, 'x'.repeat(65)),
  e_rfc5280_attribute_empty: () => raw('root', { subject: derSequence(rdn(oid.commonName, derUtf8(''))) }),
  e_prf0_attribute_meaningless: () => swap('user-auth', oid.organizationName, 'N/A'),
  e_prf0_attribute_unsafe: () => swap('user-auth', oid.organizationName, 'a\u202eb'),
  e_prf0_attribute_untrimmed: () => swap('user-auth', oid.organizationName, ' Treasury'),
  e_prf0_attribute_not_text: () =>
    raw('root', { subject: derSequence(rdn(oid.commonName, derOctetString(hex('41')))) }),
  e_prf0_rdn_multi_valued: () =>
    raw('root', {
      subject: derSequence(
        derSetOf([attribute(oid.commonName, derUtf8('a')), attribute(oid.countryName, derPrintable('NZ'))]),
      ),
    }),
  e_prf0_attribute_twice: () => add('user-auth', oid.commonName, 'Second'),
  e_prfg_organization_identifier: () => swap('user-auth', oid.organizationIdentifier, 'GOVAU'),
  w_prfg_organization_identifier_missing: () => drop('user-auth', oid.organizationIdentifier),
  e_dom3_reserved_name: () => names('user-auth', mail('Domain-Signing-Authority+x@treasury.govt.nz')),
  e_rfc5280_san_criticality: () => critical('user-auth', oid.subjectAltName, true),
  e_rfc5280_san_unfit: () => names('tls-server', dns('*')),
  w_prf_san_twice: () => names('user-sign', mail('a@treasury.govt.nz'), mail('a@treasury.govt.nz')),
  e_rfc5280_no_subject: () =>
    change('user-auth', { subjectDer: derSequence(), extensions: [keyUsage(['digitalSignature'])] }),
  e_prf_mail_not_in_san: () => add('user-auth', oid.emailAddress, 'other@treasury.govt.nz'),
  w_rfc8550_mail_in_subject: () => add('user-auth', oid.emailAddress, 'mereana.ngata@treasury.govt.nz'),
  e_rfc5280_outside_constraints: () => names('user-auth', mail('a@treasury.govt.nz.example')),
  e_rfc5280_extension_unreadable: () => put('user-auth', { oid: oid.keyUsage, critical: true, value: hex('03020080') }),
  e_prf_extension_not_in_profile: () => put('user-auth', { oid: oid.ctPoison, critical: true, value: hex('0500') }),
  e_rfc5280_aki_critical: () => critical('user-auth', oid.authorityKeyIdentifier, true),
  e_rfc5280_ski_critical: () => critical('user-auth', oid.subjectKeyIdentifier, true),
  e_rfc5280_info_access_critical: () => critical('user-auth', oid.authorityInfoAccess, true),
  e_rfc5280_policies_critical: () => critical('user-auth', oid.certificatePolicies, true),
  e_rfc5280_cdp_critical: () => critical('user-auth', oid.crlDistributionPoints, true),
  e_rfc5280_eku_critical: () => critical('user-auth', oid.extKeyUsage, true),
  e_rfc5280_no_check_critical: () => critical('ocsp-responder', oid.ocspNoCheck, true),
  e_rev10_freshest_crl_form: () => put('user-auth', freshestCrl(['ldap://a/d'])),
  e_rfc5280_freshest_crl_critical: () => put('user-auth', { ...freshestCrl(['http://a/d']), critical: true }),
  e_rfc5280_no_rev_avail_critical: () => put('user-auth', { ...noRevAvail(), critical: true }),
  e_rfc5280_smime_capabilities_critical: () =>
    put('gateway-encrypt', { ...smimeCapabilities([oid.aes256Gcm]), critical: true }),
  e_rfc5280_basic_constraints_not_critical: () => critical('issuing-ca', oid.basicConstraints, false),
  e_rfc5280_key_usage_not_critical: () => critical('user-auth', oid.keyUsage, false),
  e_rfc5280_name_constraints_not_critical: () => critical('issuing-ca', oid.nameConstraints, false),
  e_rfc5280_aki_missing: () => without('user-auth', oid.authorityKeyIdentifier),
  e_prf0_aki_more_than_key: () =>
    put('user-auth', {
      oid: oid.authorityKeyIdentifier,
      critical: false,
      value: derSequence(derImplicit(2, derInteger(1))),
    }),
  e_prf0_aki_of_issuer: () => put('user-auth', authorityKeyIdentifier(new Uint8Array(20))),
  e_rfc5280_ski_missing: () => without('issuing-ca', oid.subjectKeyIdentifier),
  w_rfc5280_ski_missing: () => without('user-auth', oid.subjectKeyIdentifier),
  e_prf0_ski_method: () => put('user-auth', subjectKeyIdentifier(new Uint8Array(20))),
  e_rfc5280_key_usage_missing: () => without('user-auth', oid.keyUsage),
  e_prf31_key_usage_of_algorithm: () => put('gateway-encrypt', keyUsage(['keyEncipherment'])),
  e_gov4_signs_and_encrypts: () => put('user-sign', keyUsage(['digitalSignature', 'keyAgreement'])),
  e_prf_root_key_usage: () => put('root', keyUsage(['keyCertSign'])),
  e_prf_issuing_ca_key_usage: () => put('issuing-ca', keyUsage(['keyCertSign', 'cRLSign', 'nonRepudiation'])),
  e_prf_gateway_sign_key_usage: () => put('gateway-sign', keyUsage(['digitalSignature', 'nonRepudiation'])),
  e_prf_gateway_encrypt_key_usage: () => put('gateway-encrypt', keyUsage(['digitalSignature'])),
  e_prf_user_auth_key_usage: () => put('user-auth', keyUsage(['nonRepudiation'])),
  e_prf_user_sign_key_usage: () => put('user-sign', keyUsage(['nonRepudiation'])),
  e_prf_user_encrypt_key_usage: () => put('user-encrypt', keyUsage(['digitalSignature'])),
  e_prf_tls_server_key_usage: () => put('tls-server', keyUsage(['digitalSignature', 'keyAgreement'])),
  e_prf_ocsp_responder_key_usage: () => put('ocsp-responder', keyUsage(['digitalSignature', 'cRLSign'])),
  e_prf_operator_key_usage: () => put('operator', keyUsage(['nonRepudiation'])),
  e_prf_issuing_ca_ext_key_usage: () => put('issuing-ca', extKeyUsage([oid.anyExtendedKeyUsage])),
  e_prf_gateway_sign_ext_key_usage: () => put('gateway-sign', extKeyUsage([oid.emailProtection, oid.clientAuth])),
  e_prf_gateway_encrypt_ext_key_usage: () => without('gateway-encrypt', oid.extKeyUsage),
  e_prf_user_auth_ext_key_usage: () => put('user-auth', extKeyUsage([oid.serverAuth])),
  e_prf_user_sign_ext_key_usage: () => put('user-sign', extKeyUsage([oid.clientAuth])),
  e_prf_user_encrypt_ext_key_usage: () => put('user-encrypt', extKeyUsage([oid.clientAuth])),
  e_prf_tls_server_ext_key_usage: () => put('tls-server', extKeyUsage([oid.serverAuth, oid.clientAuth])),
  e_prf_ocsp_responder_ext_key_usage: () => put('ocsp-responder', extKeyUsage([oid.ocspSigning, oid.serverAuth])),
  e_prf_operator_ext_key_usage: () => put('operator', extKeyUsage([oid.emailProtection])),
  e_prfr_ext_key_usage: () => put('root', extKeyUsage([oid.emailProtection])),
  e_rfc5280_ca_not_ca: () => put('issuing-ca', basicConstraints({ cA: false })),
  w_prfr_path_length: () => put('root', basicConstraints({ cA: true, pathLen: 1 })),
  e_prfi_path_length: () => put('issuing-ca', basicConstraints({ cA: true, pathLen: 1 })),
  e_rfc5280_leaf_is_ca: () => put('user-auth', basicConstraints({ cA: true })),
  w_rfc8550_leaf_basic_constraints: () => put('user-auth', basicConstraints({ cA: false })),
  e_prf_policies_missing: () => without('user-auth', oid.certificatePolicies),
  w_prfr_policies: () => put('root', certificatePolicies([{ oid: '1.2.3' }])),
  e_prf_leaf_any_policy: () =>
    put('user-auth', certificatePolicies([{ oid: oid.anyPolicy, ...cps }, { oid: '1.2.3' }])),
  e_prf_policies_of_profile: () => change('user-auth', {}, { profile: { policyOids: ['2.25.1.1.8', '2.25.1.2.4'] } }),
  e_see20_type_and_profile_policy: () => put('user-auth', certificatePolicies([{ oid: '1.2.3', ...cps }])),
  e_prf_cps_uri: () =>
    put('user-auth', certificatePolicies([{ oid: '1.2.3', cpsUri: 'ldap://x/y' }, { oid: '1.2.4' }])),
  e_see23_cps_uri_missing: () => put('user-auth', certificatePolicies([{ oid: '1.2.3' }, { oid: '1.2.4' }])),
  w_see23_user_notice: () =>
    put('user-auth', certificatePolicies([{ oid: '1.2.3', ...cps, userNotice: 'x' }, { oid: '1.2.4' }])),
  e_prf_cdp_missing: () => without('user-auth', oid.crlDistributionPoints),
  e_prf_cdp_form: () =>
    put('user-auth', {
      oid: oid.crlDistributionPoints,
      critical: false,
      value: hex('30223010a00ea00c860a687474703a2f2f612f62300ea00ca00a8608687474703a2f2f61'),
    }),
  e_prf_cdp_not_http: () => put('user-auth', crlDistributionPoints(['https://va.example/crl'])),
  e_prfr_pointers: () => put('root', crlDistributionPoints(['http://va.example/crl'])),
  e_design_issuing_ca_ocsp_pointer: () =>
    put('issuing-ca', authorityInfoAccess({ ocsp: ['http://a/'], caIssuers: ['http://a/ca'] })),
  e_prf_info_access_not_http: () =>
    put('user-auth', authorityInfoAccess({ ocsp: ['https://a/'], caIssuers: ['http://a/ca'] })),
  e_prfg_ocsp_pointer_missing: () => put('user-auth', authorityInfoAccess({ caIssuers: ['http://a/ca'] })),
  w_prf_ca_issuers_missing: () => put('user-auth', authorityInfoAccess({ ocsp: ['http://a/'] })),
  e_rfc9608_no_rev_avail_with_pointers: () => put('user-auth', noRevAvail()),
  e_rev36_no_rev_avail_long: () => put('user-auth', noRevAvail()),
  e_prfi_name_constraints_missing: () => without('issuing-ca', oid.nameConstraints),
  e_prfi_name_constraints_permit_nothing: () => constrain({ excluded: [dns('')] }),
  e_prfi_name_constraints_mailbox: () => constrain({ permitted: [mail('a@treasury.govt.nz')] }),
  e_prfi_name_constraints_half: () => constrain({ permitted: [mail('govt.nz')] }),
  e_prfi_name_constraints_dns_dot: () => constrain({ permitted: [dns('.govt.nz')] }),
  w_prfi_mail_ca_names_hosts: () => constrain({ permitted: [mail('govt.nz'), mail('.govt.nz')] }),
  e_rfc5280_name_constraints_elsewhere: () =>
    put('root', nameConstraints({ permitted: [dns('govt.nz')], excluded: [] })),
  e_prfi_eku_mixed: () => put('issuing-ca', extKeyUsage([oid.clientAuth, oid.serverAuth])),
  e_prfr_ca_subject: () => drop('issuing-ca', oid.organizationName),
  e_prfr_common_name_of_issuer: () => swap('issuing-ca', oid.commonName, 'S.E.E. Root CA'),
  e_prfr_validity: () => days('root', 2900),
  e_prfr_not_before: () => change('root', {}, { now: endAfter(2) }),
  w_prfi_validity: () => days('issuing-ca', 3700),
  e_prf_validity_too_long: () => days('operator', 398),
  e_prf_validity_of_profile: () => change('user-auth', {}, { profile: { maxValidityDays: 30 } }),
  n_prf_validity_recommended: () => days('user-auth', 398),
  e_prft_validity: () => days('tls-server', 201),
  e_dom1_gateway_sign_common_name: () => swap('gateway-sign', oid.commonName, 'Domain-Signing-Authority'),
  e_dom1_gateway_encrypt_common_name: () => swap('gateway-encrypt', oid.commonName, 'domain-signing-authority'),
  e_dom1_gateway_sign_mail_address: () => names('gateway-sign', mail('gateway@treasury.govt.nz')),
  e_dom1_gateway_encrypt_mail_address: () =>
    names('gateway-encrypt', mail('domain-signing-authority@treasury.govt.nz')),
  e_prfg_names: () => without('gateway-sign', oid.subjectAltName),
  e_prfg_organization_missing: () => drop('gateway-sign', oid.organizationName),
  e_prfg_street_address: () => add('gateway-sign', oid.streetAddress, '1 The Terrace'),
  e_see22_qualifier_elsewhere: () => swap('gateway-sign', oid.commonName, 'domain-signing-authority [SEEKEY DEVICE]'),
  e_see22_user_common_name: () => swap('user-auth', oid.commonName, 'Mereana Ngata'),
  e_prfu_name_forms: () => add('user-auth', oid.pseudonym, 'M'),
  w_prfu_name_missing: () => drop('user-auth', oid.surname),
  e_prfu_person_id_missing: () => drop('user-auth', oid.serialNumber),
  w_prfu_organization_missing: () => drop('user-auth', oid.organizationName),
  e_prfu_mail_address_missing: () => without('user-sign', oid.subjectAltName),
  e_prfu_names: () =>
    names('user-sign', mail('a@treasury.govt.nz'), {
      kind: 'otherName',
      oid: oid.userPrincipalName,
      value: derUtf8('a@b.nz'),
    }),
  e_prft_subject: () => drop('tls-server', oid.localityName),
  e_prft_names: () => names('tls-server', dns('portal.treasury.govt.nz'), mail('a@treasury.govt.nz')),
  e_prft_common_name: () => swap('tls-server', oid.commonName, 'www.treasury.govt.nz'),
  w_prft_internal_name: () => names('tls-server', dns('portal.treasury.govt.nz'), dns('localhost')),
  e_prfo_no_check_missing: () => without('ocsp-responder', oid.ocspNoCheck),
  e_prfo_pointers: () => put('ocsp-responder', crlDistributionPoints(['http://a/b'])),
  e_prfo_names: () => put('ocsp-responder', subjectAltName([dns('va.example')])),
  w_prfo_long_lived: () => days('ocsp-responder', 30),
};

const found = ({ tbs, context }: Sample) => lintCertificate(tbs, context);

describe('rules on certificates', () => {
  const ids = certificateRules.map((rule) => rule.id);

  it('are one a file, each with an id of its own and a bad sample', () => {
    const files = readdirSync(join(import.meta.dirname, 'certificate')).filter((file) => file !== 'index.ts');
    expect(certificateRules).toHaveLength(files.length);
    expect(new Set(ids).size).toBe(files.length);
    expect(Object.keys(samples).sort()).toEqual([...ids].sort());
  });

  it('say their severity in their id, and their source', () => {
    for (const { id, severity, source } of certificateRules) {
      expect(id.slice(0, 2)).toBe(`${severity[0]}_`);
      expect(source).not.toBe('');
    }
  });

  it.each(ids)('%s', (id) => {
    const rule = certificateRules.find((each) => each.id === id);
    const sample = samples[id];
    if (rule === undefined || sample === undefined) throw new Error(`no sample for ${id}`);
    const finding = found(sample()).find((each) => each.id === id);
    expect(finding).toMatchObject({ severity: rule.severity, source: rule.source });
    expect(finding?.message).toMatch(/\S/);
  });
});

describe('certificates that cannot be read', () => {
  const sound = buildTbsCertificate(soundTemplate('user-auth'));
  const extensions = soundTemplate('user-auth').extensions.map(encodeExtension);
  it.each<readonly [string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['cut short', sound.subarray(0, 100)],
    ['something after it', Uint8Array.from([...sound, 0])],
    [
      'an extension twice',
      raw('user-auth', { extensions: derExplicit(3, derSequence(...extensions, ...extensions)) }).tbs,
    ],
    [
      'a fraction of a second',
      raw('user-auth', {
        validity: hex('3024180f32303236313132323030303030305a181132303237313132323030303030302e355a'),
      }).tbs,
    ],
  ])('%s: one error', (_name, tbs) => {
    const findings = lintCertificate(tbs, soundContext('user-auth'));
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['e_certificate_unreadable', 'error']]);
  });

  it('or whose issuer cannot', () => {
    const context = { ...soundContext('user-auth'), issuer: Uint8Array.of(1, 2, 3) };
    expect(lintCertificate(sound, context)[0]?.id).toBe('e_certificate_unreadable');
  });
});

describe('name constraints of the issuer', () => {
  const issuer = (constraints: NameConstraints) =>
    unsigned(
      buildTbsCertificate({ ...soundTemplate('issuing-ca'), extensions: withExtension(nameConstraints(constraints)) }),
    );
  const withExtension = (extension: Extension) =>
    soundTemplate('issuing-ca').extensions.map((each) => (each.oid === extension.oid ? extension : each));
  const outside = (constraints: NameConstraints, ...list: GeneralName[]) => {
    const sample = names('user-auth', ...list);
    return lintCertificate(sample.tbs, { ...sample.context, issuer: issuer(constraints) }).some(
      ({ id }) => id === 'e_rfc5280_outside_constraints',
    );
  };
  const permit = (...permitted: GeneralName[]): NameConstraints => ({ permitted, excluded: [] });
  const exclude = (...excluded: GeneralName[]): NameConstraints => ({ permitted: [], excluded });
  const ip = (...octets: number[]): GeneralName => ({ kind: 'iPAddress', bytes: Uint8Array.from(octets) });
  const directory = (...pairs: (readonly [string, string])[]): GeneralName => ({
    kind: 'directoryName',
    name: name(...pairs),
  });

  it.each<readonly [string, boolean, NameConstraints, GeneralName]>([
    ['a host', false, permit(mail('govt.nz')), mail('a@GOVT.nz')],
    ['a host is not what is below it', true, permit(mail('govt.nz')), mail('a@treasury.govt.nz')],
    ['below a domain', false, permit(mail('.govt.nz')), mail('a@x.treasury.govt.nz')],
    ['below a domain is not the domain', true, permit(mail('.govt.nz')), mail('a@govt.nz')],
    ['a look-alike', true, permit(mail('.govt.nz')), mail('a@evilgovt.nz')],
    ['a mailbox', false, permit(mail('a@govt.nz')), mail('a@govt.nz')],
    ['another mailbox', true, permit(mail('a@govt.nz')), mail('b@govt.nz')],
    ['a kind that is not limited', false, permit(mail('govt.nz')), dns('x.example')],
    ['a DNS suffix', false, permit(dns('govt.nz')), dns('www.Treasury.govt.nz')],
    ['a DNS look-alike', true, permit(dns('govt.nz')), dns('evilgovt.nz')],
    ['all DNS names excluded', true, exclude(dns('')), dns('a.nz')],
    ['excluded wins', true, { permitted: [dns('nz')], excluded: [dns('govt.nz')] }, dns('a.govt.nz')],
    ['all addresses excluded', true, exclude(ip(0, 0, 0, 0, 0, 0, 0, 0)), ip(10, 0, 0, 1)],
    ['IPv6 is another kind of address', false, exclude(ip(0, 0, 0, 0, 0, 0, 0, 0)), ip(...new Uint8Array(16))],
    ['a network', false, permit(ip(10, 0, 0, 0, 255, 0, 0, 0)), ip(10, 9, 8, 7)],
    ['outside a network', true, permit(ip(10, 0, 0, 0, 255, 0, 0, 0)), ip(11, 9, 8, 7)],
    ['the subject within', false, permit(directory([oid.countryName, 'NZ'])), mail('a@b.nz')],
    ['the subject outside', true, permit(directory([oid.countryName, 'AU'])), mail('a@b.nz')],
  ])('%s', (_name, expected, constraints, generalName) => {
    expect(outside(constraints, generalName)).toBe(expected);
  });

  it('hold for a mail address in the subject where there are no alternative names', () => {
    const subject = [...subjects['user-auth'], ...name([oid.emailAddress, 'a@example.com'])];
    const extensions = soundTemplate('user-auth').extensions.filter((each) => each.oid !== oid.subjectAltName);
    const { tbs } = change('user-auth', { subjectDer: encodeName(subject), extensions });
    const ids = lintCertificate(tbs, soundContext('user-auth')).map(({ id }) => id);
    expect(ids).toContain('e_rfc5280_outside_constraints');
  });
});

describe('details', () => {
  it('TLS caps go down by date', () => {
    const at = (date: string, count: number) => {
      const notBefore = new Date(date);
      const notAfter = new Date(notBefore.getTime() + count * 86_400_000 - 1000);
      const sample = change('tls-server', { notBefore, notAfter }, { now: notBefore });
      return found(sample).some(({ id }) => id === 'e_prft_validity');
    };
    expect([at('2027-03-14T00:00:00Z', 200), at('2027-03-15T00:00:00Z', 101), at('2027-03-15T00:00:00Z', 100)]).toEqual(
      [false, true, false],
    );
    expect([at('2029-03-15T00:00:00Z', 48), at('2029-03-15T00:00:00Z', 47)]).toEqual([true, false]);
  });

  it('a second more is another day', () => {
    const inclusive = change('tls-server', { notAfter: endAfter(200) });
    const more = change('tls-server', { notAfter: new Date(endAfter(200).getTime() + 1000) });
    expect(found(inclusive).map(({ id }) => id)).not.toContain('e_prft_validity');
    expect(found(more).map(({ id }) => id)).toContain('e_prft_validity');
  });

  it('identifiers of organisations', () => {
    const verdict = (value: string) =>
      found(swap('gateway-sign', oid.organizationIdentifier, value)).some(
        ({ id }) => id === 'e_prfg_organization_identifier',
      );
    for (const good of ['GOVNZ', 'GOVNZ+WGN', 'NTRNZ-1234567', 'LEIXG-529900T8BM49AURSDO55'])
      expect(verdict(good)).toBe(false);
    for (const bad of ['GOVNZ-1', 'NTRNZ', 'GOVAU', 'XXXNZ-1', '1234567']) expect(verdict(bad)).toBe(true);
  });

  it('short-lived certificates without revocation information are sound', () => {
    const extensions = [
      ...soundTemplate('tls-server').extensions.filter(
        ({ oid: type }) => type !== oid.crlDistributionPoints && type !== oid.authorityInfoAccess,
      ),
      authorityInfoAccess({ caIssuers: ['http://va.example/ca/tls.cer'] }),
      noRevAvail(),
    ];
    expect(found(change('tls-server', { extensions, notAfter: endAfter(7) }))).toEqual([]);
  });

  it('an RSA root, a BMPString, an OCSP delegate of the root', () => {
    const spki = rsaKey(`${RSA_MODULUS.slice(0, -1)}${'0'.repeat(256)}${RSA_MODULUS.slice(-1)}`);
    expect(parseSpki(spki)).toMatchObject({ bits: 4096 });
    const extensions = soundTemplate('root').extensions.map((each) =>
      each.oid === oid.subjectKeyIdentifier
        ? subjectKeyIdentifier(keyIdentifierOf(parseSpki(spki)))
        : each.oid === oid.authorityKeyIdentifier
          ? authorityKeyIdentifier(keyIdentifierOf(parseSpki(spki)))
          : each,
    );
    const sample = change('root', { spki, extensions, signatureAlgorithmDer: signatureAlgorithm('rsa-sha384') });
    expect(found(sample).filter(({ id }) => id !== 'e_prf0_rsa_small_factor')).toEqual([]);
    const bmp = raw('root', { subject: derSequence(rdn(oid.commonName, derBmp('x'))) });
    expect(found(bmp).map(({ id }) => id)).toContain('e_prf0_attribute_encoding');
    const delegate = change('ocsp-responder', {
      issuerDer: encodeName(subjects.root),
      extensions: soundTemplate('ocsp-responder').extensions.map((each) =>
        each.oid === oid.authorityKeyIdentifier ? authorityKeyIdentifier(keyIdentifierOf(parseSpki(ecKey(1)))) : each,
      ),
    });
    expect(lintCertificate(delegate.tbs, { ...delegate.context, issuer: rootCertificate })).toEqual([]);
  });
});
