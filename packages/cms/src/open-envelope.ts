import { CmsError } from './cms-error.ts';
import { readEnvelope } from './read-envelope.ts';
import { type RecipientIdentifier, sameRecipient } from './recipient-identifier.ts';

/** A recipient's own key: PrivateKeyInfo in DER, and how the recipient is named. */
export interface OpeningKey {
  readonly privateKeyPkcs8: Uint8Array;
  readonly identifier: RecipientIdentifier;
}

const WRAPPED_KEY_OCTETS = 32;

/**
 * Opens an envelope with the key of one of its recipients. Throws CmsError: what `readEnvelope` throws, `not-a-recipient`,
 * `cannot-decrypt` (another key, or changed octets). What comes out is NOT proved to be what was put in: AES-CBC has no
 * tag, so the caller compares it with something that is signed.
 */
export async function openEnvelope(der: Uint8Array, key: OpeningKey, subtle: SubtleCrypto): Promise<Uint8Array> {
  const { recipients, iv, ciphertext } = readEnvelope(der);
  const mine = recipients.find(({ identifier }) => sameRecipient(identifier, key.identifier));
  if (!mine) throw new CmsError('not-a-recipient', 'the envelope is not for this key');
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const pkcs8 = new Uint8Array(key.privateKeyPkcs8);
  const unwrapping = await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['decrypt']);
  try {
    const raw = new Uint8Array(await subtle.decrypt('RSA-OAEP', unwrapping, new Uint8Array(mine.wrappedKey)));
    if (raw.length !== WRAPPED_KEY_OCTETS) throw new TypeError('the wrapped key is not one of AES-256');
    const cipher = await subtle.importKey('raw', raw, 'AES-CBC', false, ['decrypt']);
    const content = await subtle.decrypt(
      { name: 'AES-CBC', iv: new Uint8Array(iv) },
      cipher,
      new Uint8Array(ciphertext),
    );
    return new Uint8Array(content);
  } catch (error) {
    throw new CmsError('cannot-decrypt', 'the envelope can not be opened with this key', { cause: error });
  }
}
