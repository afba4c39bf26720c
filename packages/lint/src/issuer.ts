import {
  type Certificate,
  type NameConstraints,
  oid,
  parseCertificate,
  parseNameConstraints,
  parseSpki,
  parseSubjectKeyIdentifier,
  type SubjectPublicKey,
} from '@see/x509';

/** What rules ask of the issuer's certificate. */
export interface Issuer {
  readonly certificate: Certificate;
  readonly key: SubjectPublicKey;
  readonly keyIdentifier?: Uint8Array;
  readonly nameConstraints?: NameConstraints;
}

const known = new WeakMap<Uint8Array, Issuer>();

/** Reads an issuer's certificate once: the same array is not read again. Throws DerError or X509Error. */
export function readIssuer(der: Uint8Array): Issuer {
  const before = known.get(der);
  if (before !== undefined) return before;
  const certificate = parseCertificate(der, 'lenient');
  const identifier = certificate.extension(oid.subjectKeyIdentifier);
  const constraints = certificate.extension(oid.nameConstraints);
  const issuer: Issuer = {
    certificate,
    key: parseSpki(certificate.spki),
    ...(identifier === undefined ? {} : { keyIdentifier: parseSubjectKeyIdentifier(identifier.value) }),
    ...(constraints === undefined ? {} : { nameConstraints: parseNameConstraints(constraints.value) }),
  };
  known.set(der, issuer);
  return issuer;
}
