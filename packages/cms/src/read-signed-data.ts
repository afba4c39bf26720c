import { DerError, DerReader, derNull, derOid, derSequence, derSetOf, tlv } from '@see/asn1';
import { parseSignatureAlgorithm, type SignatureAlgorithmName } from '@see/x509';
import { CmsError } from './cms-error.ts';
import { cmsOid } from './oids.ts';
import { type RecipientIdentifier, readIdentifier } from './recipient-identifier.ts';
import { readDigest, type SignedDigest } from './signed-digest.ts';

/** What one signer signed, taken apart. Arrays are views on what was read, but for `input`. */
export interface SignedContent {
  readonly content: Uint8Array;
  /** By what the signer's certificate is found. */
  readonly signer: RecipientIdentifier;
  readonly digest: SignedDigest;
  /** The digest that the signer says the content has. NOT compared with it. */
  readonly messageDigest: Uint8Array;
  /** The time that the signer says. */
  readonly signingTime: Date;
  readonly algorithm: SignatureAlgorithmName;
  /** The octets that the signature is over: the signed attributes as a SET OF (RFC 5652 5.4). */
  readonly input: Uint8Array;
  readonly signature: Uint8Array;
}

/** Most octets of SignedData that is read. */
export const MAX_SIGNED_OCTETS = 131_072;
const MAX_CERTIFICATES = 8;

/**
 * Reads CMS SignedData (RFC 5652 5) of one kind: the content is inside as id-data, there is one signer, and the signer
 * signed attributes, among them contentType, messageDigest and signingTime. DER to the last octet, which is what `openssl cms
 * -sign -nodetach -binary -outform DER` writes. Throws CmsError. NOT checked: the digest, the signature, the certificates,
 * which are skipped: whoever verifies has to know the signer's certificate from elsewhere.
 */
export function readSignedData(der: Uint8Array): SignedContent {
  if (der.length > MAX_SIGNED_OCTETS)
    throw new CmsError('too-large', `a signed request has at most ${MAX_SIGNED_OCTETS} octets`);
  try {
    return read(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new CmsError('malformed', `the signed request is malformed: ${error.message}`, { cause: error });
  }
}

function read(der: Uint8Array): SignedContent {
  const outer = DerReader.of(der);
  const info = outer.sequence();
  outer.end();
  if (info.oid() !== cmsOid.signedData) throw new CmsError('unsupported', 'it is not CMS SignedData');
  const wrapper = info.explicit(0);
  info.end();
  const body = wrapper.sequence();
  wrapper.end();
  const version = body.smallInteger();
  // Which digests a reader will need (RFC 5652 5.1) is a hint: the signer's own algorithm counts.
  body.set();
  const content = readContent(body.sequence());
  if (body.peekTag() === CERTIFICATES) skipCertificates(body.explicit(0));
  if (body.peekTag() === CRLS) throw new CmsError('unsupported', 'revocation lists come along, which are not taken');
  const signers = body.set();
  body.end();
  if (signers.atEnd) throw new CmsError('unsupported', 'nobody has signed it');
  const signer = readSigner(signers.sequence());
  if (!signers.atEnd) throw new CmsError('unsupported', 'more than one signer has signed it');
  if (version !== (signer.signer.kind === 'key' ? 3 : 1))
    throw new CmsError('malformed', 'the version is not that of RFC 5652 5.1');
  return { content, ...signer };
}

const CERTIFICATES = 0xa0;
const CRLS = 0xa1;

function readContent(info: DerReader): Uint8Array {
  if (info.oid() !== cmsOid.data) throw new CmsError('unsupported', 'the content is not id-data');
  if (info.atEnd)
    throw new CmsError(
      'unsupported',
      'the signature comes without its content: sign with the content inside (-nodetach)',
    );
  const explicit = info.explicit(0);
  info.end();
  const content = explicit.octetString();
  explicit.end();
  if (content.length === 0) throw new CmsError('malformed', 'the content is empty');
  return content;
}

function skipCertificates(set: DerReader): void {
  for (let count = 0; !set.atEnd; count += 1) {
    if (count === MAX_CERTIFICATES) throw new CmsError('unsupported', `more than ${MAX_CERTIFICATES} certificates`);
    set.any();
  }
}

function readSigner(info: DerReader): Omit<SignedContent, 'content'> {
  const version = info.smallInteger();
  // SignerInfo numbers its two forms 1 and 3 where RecipientInfo has 0 and 2 (RFC 5652 5.3, 6.2.1).
  if (version !== 1 && version !== 3) throw new CmsError('malformed', 'a signer has version 1 or 3 (RFC 5652 5.3)');
  const signer = readIdentifier(info, version - 1);
  const digest = readDigest(info);
  if (info.peekTag() !== ATTRIBUTES)
    throw new CmsError('unsupported', 'no attributes are signed: sign without -noattr');
  const attributes = info.rawElement();
  const input = tlv(SET, attributes.content);
  const { messageDigest, signingTime } = readAttributes(input);
  const algorithm = readAlgorithm(info.any(), digest);
  const signature = info.octetString();
  // Unsigned attributes say nothing that anybody vouches for.
  if (info.peekTag() === UNSIGNED) info.any();
  info.end();
  return { signer, digest, messageDigest, signingTime, algorithm, input, signature };
}

const ATTRIBUTES = 0xa0;
const UNSIGNED = 0xa1;
const SET = 0x31;

/** Each of the three once, with one value each (RFC 5652 11); others are read past. */
function readAttributes(input: Uint8Array): { readonly messageDigest: Uint8Array; readonly signingTime: Date } {
  const outer = DerReader.of(input);
  const set = outer.set();
  outer.end();
  const found = new Map<string, DerReader>();
  const elements: Uint8Array[] = [];
  while (!set.atEnd) {
    const element = set.any();
    elements.push(element);
    const reader = DerReader.of(element);
    const attribute = reader.sequence();
    const type = attribute.oid();
    const values = attribute.set();
    attribute.end();
    if (found.has(type)) throw new CmsError('malformed', `the attribute ${type} is signed twice`);
    found.set(type, values);
  }
  // RFC 5652 5.4: the signature is over DER, in which a SET OF is sorted.
  if (derSetOf(elements).toHex() !== input.toHex())
    throw new CmsError('malformed', 'the signed attributes are not in the order of DER');
  const one = <T>(type: string, name: string, value: (values: DerReader) => T): T => {
    const values = found.get(type);
    if (!values) throw new CmsError('unsupported', `the attribute ${name} is not signed`);
    const result = value(values);
    values.end();
    return result;
  };
  if (one(cmsOid.contentType, 'contentType', (values) => values.oid()) !== cmsOid.data)
    throw new CmsError('malformed', 'the attribute contentType is not that of the content');
  return {
    messageDigest: one(cmsOid.messageDigest, 'messageDigest', (values) => values.octetString()),
    signingTime: one(cmsOid.signingTime, 'signingTime', (values) => values.time()),
  };
}

const RSA_ENCRYPTION = derSequence(derOid(cmsOid.rsaEncryption), derNull());

/** The signature algorithm, which is with the digest named before it. `rsaEncryption` takes its digest from there (RFC 5754 3.2). */
function readAlgorithm(der: Uint8Array, digest: SignedDigest): SignatureAlgorithmName {
  if (der.toHex() === RSA_ENCRYPTION.toHex()) return `rsa-${digest}`;
  const name = parseSignatureAlgorithm(der);
  if (typeof name !== 'string' || !name.endsWith(digest))
    throw new CmsError('unsupported', 'the signature algorithm is not one that is taken, or is with another digest');
  return name;
}
