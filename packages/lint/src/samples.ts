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
  encodeName,
  extKeyUsage,
  fromHex,
  type GeneralName,
  type KeyUsageName,
  keyIdentifierOf,
  keyUsage,
  type Name,
  nameConstraints,
  ocspNoCheck,
  oid,
  parseSpki,
  signatureAlgorithm,
  subjectAltName,
  subjectKeyIdentifier,
} from '@see/x509';
import type { LintContext, Purpose } from './lint-context.ts';

/** For tests: certificates as they should be, made of keys that nobody holds. Nothing in them was ever signed. */
export const now = new Date('2026-11-22T00:00:00Z');
const DAY = 86_400_000;

/** The end of a validity of so many days from `now`. */
export function endAfter(days: number): Date {
  return new Date(now.getTime() + days * DAY - 1000);
}

const unhex = (text: string) => fromHex(text) as Uint8Array;

/** SubjectPublicKeyInfo of P-384 whose point is this octet over and over. */
export function ecKey(fill: number): Uint8Array {
  return unhex(`3076301006072a8648ce3d020106052b8104002203620004${fill.toString(16).padStart(2, '0').repeat(96)}`);
}

/** SubjectPublicKeyInfo of RSA-3072 whose modulus has no small factor, unless the last octet is changed. */
export function rsaKey(modulus: string = RSA_MODULUS, exponent = '010001'): Uint8Array {
  const wrap = (identifier: string, content: string) => {
    const octets = content.length / 2;
    const length = octets < 128 ? octets.toString(16).padStart(2, '0') : `82${octets.toString(16).padStart(4, '0')}`;
    return identifier + length + content;
  };
  const integer = (hex: string) => wrap('02', Number.parseInt(hex.slice(0, 2), 16) >= 0x80 ? `00${hex}` : hex);
  const key = wrap('30', integer(modulus) + integer(exponent));
  return unhex(wrap('30', `300d06092a864886f70d0101010500${wrap('03', `00${key}`)}`));
}

// 2^3071 + 2^1000 + k, with k the least that leaves no factor below 752.
export const RSA_MODULUS = findModulus();

function findModulus(): string {
  const primes = Array.from({ length: 750 }, (_, index) => BigInt(index + 2));
  let candidate = 2n ** 3071n + 2n ** 1000n + 1n;
  while (primes.some((prime) => candidate % prime === 0n)) candidate += 2n;
  return candidate.toString(16);
}

export function name(...pairs: readonly (readonly [type: string, value: string])[]): Name {
  return pairs.map(([type, value]) => [{ type, value }]);
}

const country = [oid.countryName, 'NZ'] as const;
const operatorOrg = [oid.organizationName, 'Te Kawa Mataaho'] as const;
const agencyOrg = [oid.organizationName, 'The Treasury'] as const;
const identifier = [oid.organizationIdentifier, 'GOVNZ'] as const;
const person = [
  country,
  agencyOrg,
  identifier,
  [oid.givenName, 'Mereana'],
  [oid.surname, 'Ngata'],
  [oid.commonName, 'Mereana Ngata [SEEKEY BUSINESS-CARD-SOFTWARE]'],
  [oid.serialNumber, 'P-00017'],
] as const;

const rootName = name(country, operatorOrg, [oid.commonName, 'S.E.E. Root CA']);
export const subjects: Readonly<Record<Purpose, Name>> = {
  root: rootName,
  'issuing-ca': name(country, operatorOrg, [oid.commonName, 'S.E.E. Individual CA']),
  'gateway-sign': name(country, agencyOrg, identifier, [oid.commonName, 'domain-signing-authority']),
  'gateway-encrypt': name(country, agencyOrg, identifier, [oid.commonName, 'domain-confidentiality-authority']),
  'user-auth': name(...person),
  'user-sign': name(...person),
  'user-encrypt': name(...person),
  'tls-server': name(country, [oid.localityName, 'Wellington'], agencyOrg, [oid.commonName, 'portal.treasury.govt.nz']),
  'ocsp-responder': name(country, operatorOrg, [oid.commonName, 'S.E.E. Individual CA OCSP 1']),
  operator: name(...person),
};

const mail = (localPart: string): GeneralName => ({ kind: 'rfc822Name', value: `${localPart}@treasury.govt.nz` });
const names: Readonly<Partial<Record<Purpose, GeneralName>>> = {
  'gateway-sign': mail('domain-signing-authority'),
  'gateway-encrypt': mail('domain-confidentiality-authority'),
  'user-auth': mail('mereana.ngata'),
  'user-sign': mail('mereana.ngata'),
  'user-encrypt': mail('mereana.ngata'),
  'tls-server': { kind: 'dNSName', value: 'portal.treasury.govt.nz' },
  operator: mail('mereana.ngata'),
};

const days: Readonly<Record<Purpose, number>> = {
  root: 7305,
  'issuing-ca': 3650,
  'gateway-sign': 397,
  'gateway-encrypt': 397,
  'user-auth': 397,
  'user-sign': 397,
  'user-encrypt': 397,
  'tls-server': 90,
  'ocsp-responder': 14,
  operator: 397,
};

const usages: Readonly<Record<Purpose, KeyUsageName>> = {
  root: 'keyCertSign',
  'issuing-ca': 'keyCertSign',
  'gateway-sign': 'digitalSignature',
  'gateway-encrypt': 'keyAgreement',
  'user-auth': 'digitalSignature',
  'user-sign': 'digitalSignature',
  'user-encrypt': 'keyAgreement',
  'tls-server': 'digitalSignature',
  'ocsp-responder': 'digitalSignature',
  operator: 'digitalSignature',
};

const extendedUsages: Readonly<Partial<Record<Purpose, readonly string[]>>> = {
  'issuing-ca': [oid.clientAuth, oid.emailProtection],
  'gateway-sign': [oid.emailProtection],
  'gateway-encrypt': [oid.emailProtection],
  'user-auth': [oid.clientAuth],
  'user-sign': [oid.emailProtection],
  'user-encrypt': [oid.emailProtection],
  'tls-server': [oid.serverAuth],
  'ocsp-responder': [oid.ocspSigning],
  operator: [oid.clientAuth],
};

const rootKey = ecKey(1);
const caKey = ecKey(2);
const identifierOf = (spki: Uint8Array) => keyIdentifierOf(parseSpki(spki));
const pointers = {
  crl: 'http://va.example/crl/individual.crl',
  ocsp: 'http://va.example/ocsp',
  ca: 'http://va.example/ca/individual.cer',
};

function extensionsOf(purpose: Purpose, spki: Uint8Array): Extension[] {
  const ca = purpose === 'root' || purpose === 'issuing-ca';
  const extensions = [
    authorityKeyIdentifier(identifierOf(ca ? rootKey : caKey)),
    subjectKeyIdentifier(identifierOf(spki)),
    keyUsage(ca ? ['keyCertSign', 'cRLSign'] : [usages[purpose]]),
  ];
  const extended = extendedUsages[purpose];
  if (extended !== undefined) extensions.push(extKeyUsage(extended));
  if (purpose === 'root') extensions.push(basicConstraints({ cA: true }));
  if (purpose === 'issuing-ca') extensions.push(...issuingCaExtensions());
  if (purpose === 'ocsp-responder') extensions.push(ocspNoCheck());
  const altName = names[purpose];
  if (altName === undefined) return extensions;
  return [
    ...extensions,
    subjectAltName([altName]),
    certificatePolicies([
      { oid: '2.25.1.1.8', cpsUri: 'http://va.example/cp#business-card-software' },
      { oid: '2.25.1.2.3' },
    ]),
    crlDistributionPoints([pointers.crl]),
    authorityInfoAccess({ ocsp: [pointers.ocsp], caIssuers: [pointers.ca] }),
  ];
}

function issuingCaExtensions(): Extension[] {
  return [
    basicConstraints({ cA: true, pathLen: 0 }),
    nameConstraints({
      permitted: [
        { kind: 'directoryName', name: name(country) },
        { kind: 'rfc822Name', value: 'govt.nz' },
        { kind: 'rfc822Name', value: '.govt.nz' },
      ],
      excluded: [
        { kind: 'dNSName', value: '' },
        { kind: 'iPAddress', bytes: new Uint8Array(8) },
        { kind: 'iPAddress', bytes: new Uint8Array(32) },
      ],
    }),
    certificatePolicies([{ oid: oid.anyPolicy }]),
    crlDistributionPoints(['http://va.example/crl/root.crl']),
    authorityInfoAccess({ caIssuers: ['http://va.example/ca/root.cer'] }),
  ];
}

/** The parts of a certificate that breaks no rule. */
export function soundTemplate(purpose: Purpose): CertificateTemplate {
  const ca = purpose === 'root' || purpose === 'issuing-ca';
  const spki = purpose === 'root' ? rootKey : purpose === 'issuing-ca' ? caKey : ecKey(3);
  return {
    serialNumber: unhex('5a112233445566778899aabbccddeeff'),
    signatureAlgorithmDer: signatureAlgorithm('ecdsa-sha384'),
    issuerDer: encodeName(ca ? rootName : subjects['issuing-ca']),
    notBefore: now,
    notAfter: endAfter(days[purpose]),
    subjectDer: encodeName(subjects[purpose]),
    spki,
    extensions: extensionsOf(purpose, spki),
  };
}

const unsigned = (tbs: Uint8Array) => assembleSigned(tbs, signatureAlgorithm('ecdsa-sha384'), Uint8Array.of(1));
export const rootCertificate = unsigned(buildTbsCertificate(soundTemplate('root')));
export const caCertificate = unsigned(buildTbsCertificate(soundTemplate('issuing-ca')));

// The TLS CA: same name and key, other constraints.
const tlsCaExtensions = soundTemplate('issuing-ca').extensions.map((extension) => {
  if (extension.oid === oid.extKeyUsage) return extKeyUsage([oid.serverAuth]);
  if (extension.oid !== oid.nameConstraints) return extension;
  const permitted: GeneralName[] = [
    { kind: 'directoryName', name: name(country) },
    { kind: 'dNSName', value: 'govt.nz' },
    { kind: 'dNSName', value: 'localhost' },
  ];
  return nameConstraints({ permitted, excluded: [{ kind: 'iPAddress', bytes: new Uint8Array(8) }] });
});
export const tlsCaCertificate = unsigned(
  buildTbsCertificate({ ...soundTemplate('issuing-ca'), extensions: tlsCaExtensions }),
);

/** The certificate of the delegate that goes with `caCertificate`. */
export const delegateCertificate = unsigned(buildTbsCertificate(soundTemplate('ocsp-responder')));

/** The context in which the sound certificate of this purpose gives no finding. */
export function soundContext(purpose: Purpose): LintContext {
  if (purpose === 'root') return { purpose, now };
  if (purpose === 'issuing-ca') return { purpose, now, issuer: rootCertificate };
  return { purpose, now, issuer: purpose === 'tls-server' ? tlsCaCertificate : caCertificate };
}
