import {
  type Extension,
  formatName,
  oid,
  parseAuthorityInfoAccess,
  parseAuthorityKeyIdentifier,
  parseBasicConstraints,
  parseCertificate,
  parseCertificatePolicies,
  parseCrlDistributionPoints,
  parseExtKeyUsage,
  parseKeyUsage,
  parseSpki,
  parseSubjectKeyIdentifier,
  toHex,
} from '@see/x509';

/** One extension as people read it. Extensions that we never issue are shown by number and size. */
export interface WordedExtension {
  readonly name: string;
  readonly critical: boolean;
  readonly lines: readonly string[];
}

/** What a certificate says, decoded from its octets; not what a row about it says. */
export interface WordedCertificate {
  readonly subjectLines: readonly string[];
  readonly key: string;
  readonly signatureAlgorithm: string;
  readonly extensions: readonly WordedExtension[];
}

/** Decodes a certificate for a page. Throws X509Error or DerError when the octets are none. */
export function certificateInWords(der: Uint8Array): WordedCertificate {
  const certificate = parseCertificate(der);
  const algorithm = certificate.signatureAlgorithm;
  return {
    subjectLines: certificate.subject.map((rdn) => formatName([rdn])),
    key: keyText(certificate.spki),
    signatureAlgorithm: typeof algorithm === 'string' ? algorithm : algorithm.oid,
    extensions: certificate.extensions.filter(({ oid: id }) => id !== oid.subjectAltName).map(inWords),
  };
}

/** A subject in one line, for lists and chains. */
export function subjectText(der: Uint8Array): string {
  return formatName(parseCertificate(der).subject);
}

function keyText(spki: Uint8Array): string {
  const key = parseSpki(spki);
  if (key.kind === 'rsa') return `RSA, ${key.bits} bits`;
  if (key.kind === 'ec') return `Elliptic curve ${key.curve}`;
  return key.kind === 'other' ? key.oid : key.kind;
}

type Reader = (value: Uint8Array) => readonly string[];

const USAGES: Readonly<Record<string, string>> = {
  digitalSignature: 'signing',
  nonRepudiation: 'signing that binds',
  keyEncipherment: 'receiving encrypted keys',
  dataEncipherment: 'receiving encrypted data',
  keyAgreement: 'agreeing on keys',
  keyCertSign: 'signing certificates',
  cRLSign: 'signing revocation lists',
};

const PURPOSES: Readonly<Record<string, string>> = {
  [oid.serverAuth]: 'TLS server',
  [oid.clientAuth]: 'TLS client: signing in',
  [oid.emailProtection]: 'Mail (S/MIME)',
  [oid.ocspSigning]: 'Answering OCSP',
};

const READERS: Readonly<Record<string, readonly [string, Reader]>> = {
  [oid.keyUsage]: ['Key is for', (value) => parseKeyUsage(value).map((usage) => USAGES[usage] ?? usage)],
  [oid.extKeyUsage]: ['Purposes', (value) => parseExtKeyUsage(value).map((purpose) => PURPOSES[purpose] ?? purpose)],
  [oid.basicConstraints]: ['Certification authority', (value) => [parseBasicConstraints(value).cA ? 'yes' : 'no']],
  [oid.certificatePolicies]: [
    'Policies',
    (value) =>
      parseCertificatePolicies(value).map(({ oid: policy, cpsUri }) => (cpsUri ? `${policy} (${cpsUri})` : policy)),
  ],
  [oid.crlDistributionPoints]: [
    'Revocation list',
    (value) =>
      parseCrlDistributionPoints(value).flatMap(({ fullName = [] }) =>
        fullName.flatMap((name) => ('value' in name && typeof name.value === 'string' ? [name.value] : [])),
      ),
  ],
  [oid.authorityInfoAccess]: [
    'Issuer and status',
    (value) => {
      const { ocsp, caIssuers } = parseAuthorityInfoAccess(value);
      return [...ocsp.map((uri) => `OCSP ${uri}`), ...caIssuers.map((uri) => `issuer ${uri}`)];
    },
  ],
  [oid.subjectKeyIdentifier]: ['Key identifier', (value) => [toHex(parseSubjectKeyIdentifier(value))]],
  [oid.authorityKeyIdentifier]: [
    'Issuer’s key identifier',
    (value) => {
      const { keyIdentifier } = parseAuthorityKeyIdentifier(value);
      return keyIdentifier ? [toHex(keyIdentifier)] : [];
    },
  ],
};

function inWords(extension: Extension): WordedExtension {
  const [name, read] = READERS[extension.oid] ?? [extension.oid, (value: Uint8Array) => [`${value.length} octets`]];
  return { name, critical: extension.critical, lines: read(extension.value) };
}
