import { derExplicit, derInteger, derOctetString, derOid, derSequence, derSetOf, tlv } from '@see/asn1';
import { encodeCipher, IV_OCTETS, oaepDer } from './algorithms.ts';
import { cmsOid } from './oids.ts';
import { encodeIdentifier, type RecipientIdentifier, versionOf } from './recipient-identifier.ts';

/** Somebody who can open an envelope: an RSA public key (SubjectPublicKeyInfo, DER) and how it is named. */
export interface Recipient {
  readonly spki: Uint8Array;
  readonly identifier: RecipientIdentifier;
}

/** What writing needs from outside. */
export interface EnvelopeTools {
  readonly randomBytes: (length: number) => Uint8Array;
  readonly subtle: SubtleCrypto;
}

const IMPLICIT_0 = 0x80;

/**
 * CMS EnvelopedData around octets (RFC 5652 6; RSAES-OAEP as in RFC 3560, AES-256-CBC as in RFC 3565), in DER, as
 * id-data: each recipient alone can open it. It hides and does not prove: who made it, and that it is unchanged, has to
 * follow from something else. Runs in browsers and in Node. Throws what WebCrypto throws for a key that is not RSA.
 */
export async function buildEnvelope(
  content: Uint8Array,
  recipients: readonly Recipient[],
  { randomBytes, subtle }: EnvelopeTools,
): Promise<Uint8Array> {
  if (recipients.length === 0) throw new TypeError('an envelope has a recipient');
  const key = new Uint8Array(randomBytes(32));
  const iv = new Uint8Array(randomBytes(IV_OCTETS));
  const cipher = await subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt']);
  const encrypted = new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv }, cipher, new Uint8Array(content)));
  const infos = await Promise.all(recipients.map((recipient) => encodeRecipient(recipient, key, subtle)));
  key.fill(0);
  const version = recipients.every(({ identifier }) => versionOf(identifier) === 0) ? 0 : 2;
  const body = derSequence(
    derInteger(version),
    derSetOf(infos),
    derSequence(derOid(cmsOid.data), encodeCipher(iv), tlv(IMPLICIT_0, encrypted)),
  );
  return derSequence(derOid(cmsOid.envelopedData), derExplicit(0, body));
}

async function encodeRecipient(
  { spki, identifier }: Recipient,
  key: Uint8Array<ArrayBuffer>,
  subtle: SubtleCrypto,
): Promise<Uint8Array> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const wrapping = await subtle.importKey('spki', new Uint8Array(spki), algorithm, false, ['encrypt']);
  const wrapped = new Uint8Array(await subtle.encrypt({ name: 'RSA-OAEP' }, wrapping, key));
  return derSequence(derInteger(versionOf(identifier)), encodeIdentifier(identifier), oaepDer, derOctetString(wrapped));
}
