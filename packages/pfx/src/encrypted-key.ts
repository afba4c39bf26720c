import { DerError, DerReader, derOctetString, derSequence } from '@see/asn1';
import { decrypt, type Encryption, encodeEncryption, encrypt, readEncryption } from './encryption.ts';
import { PfxError } from './pfx-error.ts';

const ITERATIONS = 600_000;
const MOST_ITERATIONS = 10_000_000;

/**
 * A private key as EncryptedPrivateKeyInfo (RFC 5958 3) in DER, as `openssl pkey` reads it: PBES2 with AES-256-CBC under
 * PBKDF2-HMAC-SHA-256. NOT checked: the strength of the password.
 */
export async function encryptKey(
  pkcs8: Uint8Array,
  password: string,
  tools: { readonly subtle: SubtleCrypto; readonly randomBytes: (length: number) => Uint8Array },
): Promise<Uint8Array> {
  const encryption: Encryption = {
    kind: 'pbes2',
    salt: tools.randomBytes(16),
    iterations: ITERATIONS,
    prf: 'SHA-256',
    cipher: 'aes',
    keyOctets: 32,
    iv: tools.randomBytes(16),
  };
  const content = await encrypt(tools.subtle, encryption, password, pkcs8);
  return derSequence(encodeEncryption(encryption), derOctetString(content));
}

/**
 * Opens it again. Throws PfxError `wrong-password`, `too-many-iterations`, `unsupported` and `malformed`. There is no MAC: in
 * one of 256 cases a wrong password yields octets that are no key, so the caller has to try the key.
 */
export async function decryptKey(der: Uint8Array, password: string, subtle: SubtleCrypto): Promise<Uint8Array> {
  try {
    const reader = DerReader.of(der);
    const info = reader.sequence();
    reader.end();
    const encryption = readEncryption(info.sequence());
    const content = info.octetString();
    info.end();
    if (encryption.iterations < 1 || encryption.iterations > MOST_ITERATIONS)
      throw new PfxError('too-many-iterations', 'the key asks for more work than is done here');
    return await decrypt(subtle, encryption, password, content);
  } catch (error) {
    if (error instanceof DerError) throw new PfxError('malformed', error.message, { cause: error });
    throw error;
  }
}
