import { html, type SafeHtml, t } from '@see/language';
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
  readonly name: SafeHtml;
  readonly critical: boolean;
  readonly lines: readonly (SafeHtml | string)[];
}

/** What a certificate says, decoded from its octets; not what a row about it says. */
export interface WordedCertificate {
  readonly subjectLines: readonly string[];
  readonly key: SafeHtml;
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

function keyText(spki: Uint8Array): SafeHtml {
  const key = parseSpki(spki);
  if (key.kind === 'rsa') return t`RSA, ${key.bits} bits`;
  if (key.kind === 'ec') return t`Elliptic curve ${key.curve}`;
  return html`${key.kind === 'other' ? key.oid : key.kind}`;
}

type Reader = (value: Uint8Array) => readonly (SafeHtml | string)[];

const USAGES: Readonly<Record<string, SafeHtml>> = {
  digitalSignature: t`signing`,
  nonRepudiation: t`signing that binds`,
  keyEncipherment: t`receiving encrypted keys`,
  dataEncipherment: t`receiving encrypted data`,
  keyAgreement: t`agreeing on keys`,
  keyCertSign: t`signing certificates`,
  cRLSign: t`signing revocation lists`,
};

const PURPOSES: Readonly<Record<string, SafeHtml>> = {
  [oid.serverAuth]: t`TLS server`,
  [oid.clientAuth]: t`TLS client: signing in`,
  [oid.emailProtection]: t`Mail (S/MIME)`,
  [oid.ocspSigning]: t`Answering OCSP`,
};

/** A key usage in words; its name of RFC 5280 where we have none. */
export function usageText(usage: string): SafeHtml | string {
  return USAGES[usage] ?? usage;
}

/** A purpose (extended key usage) in words; its number where we have none. */
export function purposeText(purpose: string): SafeHtml | string {
  return PURPOSES[purpose] ?? purpose;
}

const READERS: Readonly<Record<string, readonly [SafeHtml, Reader]>> = {
  [oid.keyUsage]: [t`Key is for`, (value) => parseKeyUsage(value).map(usageText)],
  [oid.extKeyUsage]: [t`Purposes`, (value) => parseExtKeyUsage(value).map(purposeText)],
  [oid.basicConstraints]: [t`Certification authority`, (value) => [parseBasicConstraints(value).cA ? t`yes` : t`no`]],
  [oid.certificatePolicies]: [
    t`Policies`,
    (value) =>
      parseCertificatePolicies(value).map(({ oid: policy, cpsUri }) => (cpsUri ? `${policy} (${cpsUri})` : policy)),
  ],
  [oid.crlDistributionPoints]: [
    t`Revocation list`,
    (value) =>
      parseCrlDistributionPoints(value).flatMap(({ fullName = [] }) =>
        fullName.flatMap((name) => ('value' in name && typeof name.value === 'string' ? [name.value] : [])),
      ),
  ],
  [oid.authorityInfoAccess]: [
    t`Issuer and status`,
    (value) => {
      const { ocsp, caIssuers } = parseAuthorityInfoAccess(value);
      return [...ocsp.map((uri) => `OCSP ${uri}`), ...caIssuers.map((uri) => t`issuer ${uri}`)];
    },
  ],
  [oid.subjectKeyIdentifier]: [t`Key identifier`, (value) => [toHex(parseSubjectKeyIdentifier(value))]],
  [oid.authorityKeyIdentifier]: [
    t`Issuer’s key identifier`,
    (value) => {
      const { keyIdentifier } = parseAuthorityKeyIdentifier(value);
      return keyIdentifier ? [toHex(keyIdentifier)] : [];
    },
  ],
};

function inWords(extension: Extension): WordedExtension {
  const [name, read] = READERS[extension.oid] ?? [
    html`${extension.oid}`,
    (value: Uint8Array) => [t`${value.length} octets`],
  ];
  return { name, critical: extension.critical, lines: read(extension.value) };
}
