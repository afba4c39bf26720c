import { type CertificateType, type CrlPlan, profileDigest } from '@see/domain';
import { type ProfileId, readProfile, STANDARD_PROFILES, STANDARD_TYPES } from '@see/policy';
import {
  type Certificate,
  encodeGeneralNames,
  encodeName,
  type GeneralName,
  type Name,
  oid,
  parseAuthorityInfoAccess,
  parseAuthorityKeyIdentifier,
  parseCertificate,
  parseCertificatePolicies,
  parseCrlDistributionPoints,
  parseExtKeyUsage,
  parseKeyUsage,
  parseSmimeCapabilities,
  parseSubjectKeyIdentifier,
} from '@see/x509';
import { describe, expect, it } from 'vitest';
import { keyIdentifier } from './key-identifier.ts';
import { type CertificateInput, itemInput, prepareCertificate } from './prepare-certificate.ts';
import { DAY, NOW, sampleCa, sampleKey, sampleRoot, sampleSerial, VA_URL } from './sample-cas.ts';
import { serialNumber } from './serial-number.ts';

const root = await sampleRoot();
const cas = {
  gateway: await sampleCa(root, 'gateway'),
  individual: await sampleCa(root, 'individual'),
  tls: await sampleCa(root, 'tls'),
  operations: await sampleCa(root, 'operations'),
};
const ec = sampleKey();
const rsa = sampleKey('RSA');

const profileOf = (id: ProfileId, change: object = {}) =>
  readProfile({ ...STANDARD_PROFILES.find((each) => each['id'] === id), ...change });
function typeOf(id: string): CertificateType {
  const type = STANDARD_TYPES.find((each) => each.id === id);
  if (!type) throw new Error(`no type ${id}`);
  return type;
}

const attribute = (type: string, value: string): Name => [[{ type, value }]];
const agency: Name = [
  ...attribute(oid.countryName, 'NZ'),
  ...attribute(oid.organizationName, 'The Treasury'),
  ...attribute(oid.organizationIdentifier, 'GOVNZ'),
];
const person: Name = [
  ...agency,
  ...attribute(oid.givenName, 'Grace'),
  ...attribute(oid.surname, 'Liu'),
  ...attribute(oid.commonName, 'Grace Liu [SEEKEY BUSINESS-CARD-SOFTWARE]'),
  ...attribute(oid.serialNumber, '0GRACE0000000001'),
];
const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value });

interface Sample {
  readonly ca: keyof typeof cas;
  readonly type: string;
  readonly subject: Name;
  readonly names: readonly GeneralName[];
  readonly days: number;
  readonly keyUsage: { readonly ec: string[]; readonly rsa: string[] };
  readonly purposes: string[];
  readonly policy: number;
}

const signs = { ec: ['digitalSignature'], rsa: ['digitalSignature'] };
const encrypts = { ec: ['keyAgreement'], rsa: ['keyEncipherment'] };
const EMAIL = '1.3.6.1.5.5.7.3.4';
const CLIENT = '1.3.6.1.5.5.7.3.2';
const ofPerson = {
  ca: 'individual',
  type: 'business-card-software',
  subject: person,
  names: [mail('grace.liu@treasury.govt.nz')],
  days: 397,
} as const;
const gatewayOf = (name: string) =>
  ({
    ca: 'gateway',
    type: 'gateway',
    subject: [...agency, ...attribute(oid.commonName, name)],
    names: [mail(`${name}@treasury.govt.nz`)],
    days: 397,
    purposes: [EMAIL],
  }) as const;

/** What each profile's certificates look like (domain rules, 3.3 to 3.8). */
const SAMPLES: Readonly<Record<Exclude<ProfileId, 'ocsp-responder'>, Sample>> = {
  'gateway-sign': { ...gatewayOf('domain-signing-authority'), keyUsage: signs, purposes: [EMAIL], policy: 1 },
  'gateway-encrypt': {
    ...gatewayOf('domain-confidentiality-authority'),
    keyUsage: encrypts,
    purposes: [EMAIL],
    policy: 2,
  },
  'user-auth': { ...ofPerson, keyUsage: signs, purposes: [CLIENT], policy: 3 },
  'user-sign': { ...ofPerson, keyUsage: signs, purposes: [EMAIL], policy: 4 },
  'user-encrypt': { ...ofPerson, keyUsage: encrypts, purposes: [EMAIL], policy: 5 },
  'tls-server': {
    ca: 'tls',
    type: 'device',
    subject: [
      ...attribute(oid.countryName, 'NZ'),
      ...attribute(oid.localityName, 'Wellington'),
      ...attribute(oid.organizationName, 'The Treasury'),
      ...attribute(oid.commonName, 'www.treasury.govt.nz'),
    ],
    names: [{ kind: 'dNSName', value: 'www.treasury.govt.nz' }],
    days: 90,
    keyUsage: signs,
    purposes: ['1.3.6.1.5.5.7.3.1'],
    policy: 6,
  },
  operator: { ...ofPerson, ca: 'operations', keyUsage: signs, purposes: [CLIENT], policy: 9 },
};
const ids = Object.keys(SAMPLES) as (keyof typeof SAMPLES)[];

function inputOf(id: keyof typeof SAMPLES, change: Partial<CertificateInput> = {}): CertificateInput {
  const sample = SAMPLES[id];
  const type = typeOf(sample.type);
  return {
    ca: cas[sample.ca],
    profile: profileOf(id),
    vaUrl: VA_URL,
    crls: { ca: change.ca?.id ?? sample.ca, delta: false, shards: [] },
    serial: sampleSerial(9),
    subjectDer: encodeName(sample.subject),
    subjectAltNameDer: encodeGeneralNames(sample.names),
    type,
    policyOids: [`2.25.1.1.${type.arc}`, `2.25.1.2.${sample.policy}`],
    spki: ec.spki,
    notBefore: NOW,
    validitySeconds: sample.days * 86_400,
    ...change,
  };
}

async function issued(input: CertificateInput): Promise<Certificate> {
  return parseCertificate(await prepareCertificate(input).sign(input.ca.key));
}

function codeOf(input: CertificateInput): string {
  try {
    prepareCertificate(input);
  } catch (error) {
    return `${(error as { code?: string }).code}: ${(error as Error).message}`;
  }
  return 'prepared';
}

function value(certificate: Certificate, type: string): Uint8Array {
  const extension = certificate.extension(type);
  if (!extension) throw new Error(`no extension ${type}`);
  return extension.value;
}

describe.each(ids)('a certificate of %s', (id) => {
  const sample = SAMPLES[id];

  it.each([
    ['ec', ec],
    ['rsa', rsa],
  ] as const)('for an %s key has every field of its profile', async (family, key) => {
    const input = inputOf(id, { spki: key.spki });
    const certificate = await issued(input);
    const critical = certificate.extensions.filter((extension) => extension.critical).map((extension) => extension.oid);
    expect(certificate.serialHex).toBe(sampleSerial(9).toHex());
    expect(certificate.issuerDer).toEqual(input.ca.subjectDer);
    expect(certificate.subjectDer).toEqual(input.subjectDer);
    expect(certificate.spki).toEqual(key.spki);
    expect(certificate.notBefore).toEqual(NOW);
    expect(certificate.notAfter.getTime() - NOW.getTime()).toBe(sample.days * DAY - 1000);
    expect(parseKeyUsage(value(certificate, oid.keyUsage))).toEqual(sample.keyUsage[family]);
    expect(parseExtKeyUsage(value(certificate, oid.extKeyUsage))).toEqual(sample.purposes);
    expect(value(certificate, oid.subjectAltName)).toEqual(input.subjectAltNameDer);
    expect(parseAuthorityKeyIdentifier(value(certificate, oid.authorityKeyIdentifier))).toMatchObject({
      keyIdentifier: input.ca.ski,
    });
    expect(parseSubjectKeyIdentifier(value(certificate, oid.subjectKeyIdentifier))).toEqual(keyIdentifier(key.spki));
    expect(parseCertificatePolicies(value(certificate, oid.certificatePolicies))).toEqual([
      { oid: input.policyOids[0], cpsUri: `${VA_URL}/cp#${sample.type}` },
      { oid: input.policyOids[1] },
    ]);
    expect(parseCrlDistributionPoints(value(certificate, oid.crlDistributionPoints))).toEqual([
      { fullName: [{ kind: 'uniformResourceIdentifier', value: `${VA_URL}/crl/${sample.ca}.crl` }] },
    ]);
    expect(parseAuthorityInfoAccess(value(certificate, oid.authorityInfoAccess))).toMatchObject({
      ocsp: [`${VA_URL}/ocsp`],
      caIssuers: [`${VA_URL}/ca/${sample.ca}.cer`],
    });
    expect(critical).toEqual([oid.keyUsage]);
    const capabilities = certificate.extension(oid.smimeCapabilities);
    expect(capabilities !== undefined).toBe(id.endsWith('-encrypt'));
    if (capabilities) expect(parseSmimeCapabilities(capabilities.value)).toHaveLength(2);
    expect(certificate.extension(oid.basicConstraints)).toBeUndefined();
    expect(certificate.extension(oid.ocspNoCheck)).toBeUndefined();
  });

  it('is linted before it is signed', () => {
    const linted = prepareCertificate(inputOf(id));
    expect(linted.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('the certificate of an OCSP responder', () => {
  it('has no pointers and is not looked up (PRF-O)', async () => {
    const subject: Name = [
      ...attribute(oid.countryName, 'NZ'),
      ...attribute(oid.organizationName, 'Secure Electronic Environment'),
      ...attribute(oid.commonName, 'SEE OCSP tls 1'),
    ];
    const input: CertificateInput = {
      ca: cas.tls,
      profile: profileOf('ocsp-responder'),
      vaUrl: VA_URL,
      crls: { ca: 'tls', delta: true, shards: [4] },
      serial: sampleSerial(9),
      subjectDer: encodeName(subject),
      subjectAltNameDer: null,
      type: null,
      policyOids: [],
      spki: ec.spki,
      notBefore: NOW,
      validitySeconds: 14 * 86_400,
    };
    const certificate = await issued(input);
    expect(value(certificate, oid.ocspNoCheck).toHex()).toBe('0500');
    expect(parseExtKeyUsage(value(certificate, oid.extKeyUsage))).toEqual([oid.ocspSigning]);
    expect(parseKeyUsage(value(certificate, oid.keyUsage))).toEqual(['digitalSignature']);
    for (const absent of [
      oid.subjectAltName,
      oid.certificatePolicies,
      oid.crlDistributionPoints,
      oid.freshestCrl,
      oid.authorityInfoAccess,
    ])
      expect(certificate.extension(absent)).toBeUndefined();
  });
});

describe('the lists that a certificate names', () => {
  const point = (url: string) => [{ fullName: [{ kind: 'uniformResourceIdentifier', value: url }] }];
  const serial = serialNumber(new Uint8Array(16).fill(0xff));
  it.each<[string, Omit<CrlPlan, 'ca'>, string, string | undefined]>([
    ['without a plan', { delta: false, shards: [] }, 'individual.crl', undefined],
    ['with deltas', { delta: true, shards: [] }, 'individual.crl', 'individual-delta.crl'],
    ['with parts', { delta: false, shards: [4] }, 'individual/4-3.crl', undefined],
    ['with parts and deltas', { delta: true, shards: [2, 16] }, 'individual/16-15.crl', undefined],
  ])('%s', async (_name, plan, crl, freshest) => {
    const certificate = await issued(inputOf('user-auth', { serial, crls: { ca: 'individual', ...plan } }));
    const read = (type: string) => {
      const found = certificate.extension(type);
      return found && { critical: found.critical, points: parseCrlDistributionPoints(found.value) };
    };
    const at = (name: string) => ({ critical: false, points: point(`${VA_URL}/crl/${name}`) });
    expect(read(oid.crlDistributionPoints)).toEqual(at(crl));
    expect(read(oid.freshestCrl)).toEqual(freshest && at(freshest));
  });

  it('are those of its own CA', () => {
    expect(codeOf(inputOf('user-auth', { crls: { ca: 'tls', delta: false, shards: [] } }))).toContain(
      'plan is that of',
    );
  });
});

describe('the end of a certificate', () => {
  it('is never later than that of its CA', async () => {
    const short = await sampleCa(root, 'gateway', sampleKey(), 30);
    expect((await issued(inputOf('gateway-sign', { ca: short }))).notAfter).toEqual(short.notAfter);
  });

  it.each<[string, Date, string]>([
    ['when its CA has ended', new Date(cas.gateway.notAfter.getTime() + 1000), 'no-time-left'],
    ['when its CA ends', cas.gateway.notAfter, 'no-time-left'],
    ['a second before', new Date(cas.gateway.notAfter.getTime() - 1000), 'prepared'],
  ])('leaves no time %s', (_name, notBefore, want) => {
    expect(codeOf(inputOf('gateway-sign', { notBefore }))).toContain(want);
  });
});

describe('what is not prepared', () => {
  const host = encodeGeneralNames([{ kind: 'dNSName', value: 'www.treasury.govt.nz' }]);
  const names = (...list: GeneralName[]) => encodeGeneralNames(list);
  it.each<[string, CertificateInput, string]>([
    [
      'a name outside the constraints of the CA',
      inputOf('user-auth', { subjectAltNameDer: names(mail('grace@evil.com')) }),
      'lint-failed',
    ],
    [
      'a host outside the constraints of the CA',
      inputOf('tls-server', {
        subjectAltNameDer: names(
          { kind: 'dNSName', value: 'www.treasury.govt.nz' },
          { kind: 'dNSName', value: 'www.evil.com' },
        ),
      }),
      'lint-failed',
    ],
    [
      'another country',
      inputOf('user-auth', { subjectDer: encodeName([...attribute(oid.countryName, 'AU'), ...person.slice(1)]) }),
      'lint-failed',
    ],
    [
      "a person with a gateway's name",
      inputOf('user-auth', { subjectAltNameDer: names(mail('domain-signing-authority@treasury.govt.nz')) }),
      'lint-failed',
    ],
    [
      'a gateway without its name',
      inputOf('gateway-sign', { subjectAltNameDer: names(mail('postmaster@treasury.govt.nz')) }),
      'lint-failed',
    ],
    ['a host for a person', inputOf('user-auth', { subjectAltNameDer: host }), 'lint-failed'],
    ['no names', inputOf('user-auth', { subjectAltNameDer: null }), 'lint-failed'],
    ['no policies', inputOf('user-auth', { policyOids: [] }), 'lint-failed'],
    ['a server for 300 days', inputOf('tls-server', { validitySeconds: 300 * 86_400 }), 'lint-failed'],
    ['an RSA key of 2048 bits', inputOf('user-auth', { spki: shortRsa() }), 'lint-failed'],
    ['a certificate of the wrong CA', inputOf('tls-server', { ca: cas.gateway }), 'lint-failed'],
    [
      'a subject that is no DER',
      inputOf('user-auth', { subjectDer: Uint8Array.fromHex('3001') }),
      'second-reading-differs',
    ],
    [
      'names that are no DER',
      inputOf('user-auth', { subjectAltNameDer: Uint8Array.fromHex('3001') }),
      'second-reading-differs',
    ],
    [
      'a key that is none',
      inputOf('user-auth', { spki: ec.spki.with(ec.spki.length - 1, (ec.spki.at(-1) ?? 0) ^ 1) }),
      'second-reading-differs',
    ],
  ])('%s', (_name, input, code) => {
    expect(codeOf(input)).toContain(code);
  });

  it('is what another profile would be', () => {
    const wrong = profileOf('user-auth', { extKeyUsage: ['1.3.6.1.5.5.7.3.1'] });
    expect(codeOf(inputOf('user-auth', { profile: wrong }))).toContain('lint-failed');
    const encrypting = profileOf('user-auth', { keyUsage: { ec: ['keyAgreement'], rsa: ['keyEncipherment'] } });
    expect(codeOf(inputOf('user-auth', { profile: encrypting }))).toContain('lint-failed');
  });
});

describe('the input of an approved item', () => {
  it('is what the approvers saw', () => {
    const subject = encodeName(person);
    const subjectAltName = encodeGeneralNames([mail('grace.liu@treasury.govt.nz')]);
    const item = {
      ca: 'individual' as const,
      issuerSki: cas.individual.ski.toHex(),
      profileId: 'user-auth',
      profileDigest: profileDigest({}),
      typeId: 'business-card-software',
      subject: subject.toBase64(),
      subjectAltName: subjectAltName.toBase64(),
      policyOids: ['2.25.1.1.8', '2.25.1.2.3'],
      validitySeconds: 86_400,
      spkiSha256: null,
    };
    expect(itemInput(item)).toEqual({
      subjectDer: subject,
      subjectAltNameDer: subjectAltName,
      policyOids: item.policyOids,
      validitySeconds: 86_400,
    });
  });
});

/** SubjectPublicKeyInfo of RSA with a sound modulus of 2048 bits. */
function shortRsa(): Uint8Array {
  return sampleKey('RSA-2048').spki;
}
