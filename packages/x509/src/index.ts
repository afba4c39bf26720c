export { decodeBase64, encodeBase64 } from './base64.ts';
export { buildTbsCertificate, type CertificateTemplate } from './build-certificate.ts';
export { buildTbsCertList, type CrlEntryTemplate, type CrlTemplate } from './build-crl.ts';
export { buildCsrInfo, type CsrTemplate } from './build-csr.ts';
export * from './compare-serial-octets.ts';
export { EntryWriter, MOST_ENTRY, type RevokedFields } from './crl-entry-octets.ts';
export { checkDnsName } from './dns-name.ts';
export {
  type Extension,
  encodeExtension,
  encodeExtensions,
  findExtension,
  parseExtensions,
  readExtensions,
} from './extension.ts';
export * from './extensions/index.ts';
export { formatName } from './format-name.ts';
export { encodeGeneralName, encodeGeneralNames, type GeneralName } from './general-name.ts';
export { fromHex, toHex } from './hex.ts';
export { keyHashOf, keyIdentifierOf } from './key-hash.ts';
export { checkMailAddress } from './mail-address.ts';
export {
  type AttributeEncoding,
  type AttributeTypeAndValue,
  defaultEncoding,
  encodeName,
  type Name,
  nameAttribute,
} from './name.ts';
export { hasForbiddenCharacter, printable } from './name-characters.ts';
export { oid } from './oids.ts';
export { Certificate, parseCertificate, parseTbsCertificate, TbsCertificate } from './parse-certificate.ts';
export { CertificateList, parseCrl, parseTbsCertList, TbsCertList } from './parse-crl.ts';
export { type CsrAttribute, csrExtension, type ParsedCsr, parseCsr } from './parse-csr.ts';
export { checkGeneralName, parseGeneralNames, readGeneralName, readGeneralNames } from './parse-general-names.ts';
export { parseName, readName, upperBound } from './parse-name.ts';
export { decodePem, encodePem, PemError, type PemErrorCode } from './pem.ts';
export { decodePunycode } from './punycode.ts';
export { RevokedEntries } from './revoked-entries.ts';
export type { RevokedEntry } from './revoked-entry.ts';
export { RevokedScanner } from './revoked-scanner.ts';
export { sha1 } from './sha1.ts';
export { sha256 } from './sha256.ts';
export {
  parseSignatureAlgorithm,
  type SignatureAlgorithmName,
  type SignatureKeyKind,
  signatureAlgorithm,
  signatureKeyKind,
  type UnknownAlgorithm,
} from './signature-algorithm.ts';
export { assembleSigned, readSigned, type SignedParts } from './signed.ts';
export {
  type EcKey,
  type FixedLengthKey,
  type FixedLengthKeyKind,
  type OtherKey,
  parseSpki,
  type RsaKey,
  type SubjectPublicKey,
} from './spki.ts';
export type { Strictness } from './strictness.ts';
export { checkUri } from './uri.ts';
export { type CrlFrame, tbsCertListAround } from './write-crl.ts';
export { X509Error, type X509ErrorCode } from './x509-error.ts';
