import { type DerReader, derExplicit, derNull, derOctetString, derOid, derSequence } from '@see/asn1';
import { CmsError } from './cms-error.ts';
import { cmsOid } from './oids.ts';

export const IV_OCTETS = 16;

const sha256Der = derSequence(derOid(cmsOid.sha256), derNull());

/** RSAES-OAEP with SHA-256 for hash and mask, empty label (RFC 4055 4.1). */
export const oaepDer = derSequence(
  derOid(cmsOid.rsaesOaep),
  derSequence(derExplicit(0, sha256Der), derExplicit(1, derSequence(derOid(cmsOid.mgf1), sha256Der))),
);

/** AES-256-CBC under this IV (RFC 3565 4.1). */
export function encodeCipher(iv: Uint8Array): Uint8Array {
  return derSequence(derOid(cmsOid.aes256Cbc), derOctetString(iv));
}

/** Reads the key encryption algorithm: RSAES-OAEP with SHA-256 throughout, or CmsError `unsupported`. */
export function readOaep(reader: DerReader): void {
  if (reader.oid() !== cmsOid.rsaesOaep) throw new CmsError('unsupported', 'the key is not wrapped by RSAES-OAEP');
  const parameters = reader.sequence();
  reader.end();
  readSha256(parameters.explicit(0));
  const mask = parameters.explicit(1).sequence();
  if (mask.oid() !== cmsOid.mgf1) throw new CmsError('unsupported', 'the mask of RSAES-OAEP is not MGF1');
  readSha256(mask);
  mask.end();
  if (!parameters.atEnd) throw new CmsError('unsupported', 'RSAES-OAEP has a label');
}

/** Parameters of SHA-256 are NULL or absent (RFC 4055 2.1). */
function readSha256(reader: DerReader): void {
  const algorithm = reader.sequence();
  if (algorithm.oid() !== cmsOid.sha256) throw new CmsError('unsupported', 'RSAES-OAEP is not with SHA-256');
  if (!algorithm.atEnd) algorithm.null();
  algorithm.end();
}

/** Reads the content encryption algorithm and returns its IV: AES-256-CBC, or CmsError `unsupported`. */
export function readCipher(reader: DerReader): Uint8Array {
  if (reader.oid() !== cmsOid.aes256Cbc) throw new CmsError('unsupported', 'the content is not under AES-256-CBC');
  const iv = reader.octetString();
  reader.end();
  if (iv.length !== IV_OCTETS) throw new CmsError('malformed', 'an IV of AES has 16 octets (RFC 3565 4.1)');
  return iv;
}
