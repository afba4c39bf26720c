import { DerError, DerReader } from '@see/asn1';
import { readCipher, readOaep } from './algorithms.ts';
import { CmsError } from './cms-error.ts';
import { cmsOid } from './oids.ts';
import { type RecipientIdentifier, readIdentifier } from './recipient-identifier.ts';

/** An envelope taken apart. The arrays are views on what was read. */
export interface Envelope {
  readonly recipients: readonly { readonly identifier: RecipientIdentifier; readonly wrappedKey: Uint8Array }[];
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Most octets of an envelope that is read, and most recipients. */
export const MAX_ENVELOPE_OCTETS = 65_536;
const MAX_RECIPIENTS = 16;
const BLOCK = 16;

/**
 * Reads CMS EnvelopedData of the one kind that `buildEnvelope` writes, in DER to its last octet. Throws CmsError. NOT
 * checked, because nobody without a key can: what is inside, and that anybody can open it.
 */
export function readEnvelope(der: Uint8Array): Envelope {
  if (der.length > MAX_ENVELOPE_OCTETS)
    throw new CmsError('too-large', `an envelope has at most ${MAX_ENVELOPE_OCTETS} octets`);
  try {
    return read(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new CmsError('malformed', `the envelope is malformed: ${error.message}`, { cause: error });
  }
}

function read(der: Uint8Array): Envelope {
  const outer = DerReader.of(der);
  const info = outer.sequence();
  outer.end();
  if (info.oid() !== cmsOid.envelopedData) throw new CmsError('unsupported', 'the content is not EnvelopedData');
  const wrapper = info.explicit(0);
  info.end();
  const body = wrapper.sequence();
  wrapper.end();
  const version = body.smallInteger();
  const set = body.set();
  const recipients: Envelope['recipients'][number][] = [];
  while (!set.atEnd) {
    if (recipients.length === MAX_RECIPIENTS)
      throw new CmsError('unsupported', `more than ${MAX_RECIPIENTS} recipients`);
    recipients.push(readRecipient(set.sequence()));
  }
  if (recipients.length === 0) throw new CmsError('malformed', 'the envelope has no recipient (RFC 5652 6.1)');
  const named = recipients.every(({ identifier }) => identifier.kind === 'certificate');
  if (version !== (named ? 0 : 2)) throw new CmsError('malformed', 'the version is not that of RFC 5652 6.1');
  const content = body.sequence();
  body.end();
  if (content.oid() !== cmsOid.data) throw new CmsError('unsupported', 'the content of the envelope is not id-data');
  const iv = readCipher(content.sequence());
  const ciphertext = content.octetString(0x80);
  content.end();
  if (ciphertext.length === 0 || ciphertext.length % BLOCK !== 0)
    throw new CmsError('malformed', 'the encrypted content is not whole blocks (RFC 5652 6.3)');
  return { recipients, iv, ciphertext };
}

function readRecipient(info: DerReader): Envelope['recipients'][number] {
  const identifier = readIdentifier(info, info.smallInteger());
  readOaep(info.sequence());
  const wrappedKey = info.octetString();
  info.end();
  return { identifier, wrappedKey };
}
