import { type DerReader, derInteger, derNull, derOctetString, derOid, derSequence } from '@see/asn1';
import { pfxOid } from './oids.ts';
import { bmpPassword, utf8Password } from './password.ts';
import { PfxError } from './pfx-error.ts';
import { kdfPurpose, pkcs12Kdf } from './pkcs12-kdf.ts';
import { tripleDesDecrypt, tripleDesEncrypt } from './triple-des.ts';

type Prf = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** How something in the file is encrypted, taken out of its AlgorithmIdentifier. */
export type Encryption =
  | { readonly kind: 'pbe-3des'; readonly salt: Uint8Array; readonly iterations: number }
  | {
      readonly kind: 'pbes2';
      readonly salt: Uint8Array;
      readonly iterations: number;
      readonly prf: Prf;
      readonly cipher: 'aes' | '3des';
      readonly keyOctets: number;
      readonly iv: Uint8Array;
    };

const prfs: Readonly<Record<string, Prf>> = {
  [pfxOid.hmacSha1]: 'SHA-1',
  [pfxOid.hmacSha256]: 'SHA-256',
  [pfxOid.hmacSha384]: 'SHA-384',
  [pfxOid.hmacSha512]: 'SHA-512',
};

const ciphers: Readonly<
  Record<string, { readonly cipher: 'aes' | '3des'; readonly keyOctets: number; readonly ivOctets: number }>
> = {
  [pfxOid.aes128Cbc]: { cipher: 'aes', keyOctets: 16, ivOctets: 16 },
  [pfxOid.aes192Cbc]: { cipher: 'aes', keyOctets: 24, ivOctets: 16 },
  [pfxOid.aes256Cbc]: { cipher: 'aes', keyOctets: 32, ivOctets: 16 },
  [pfxOid.tripleDesCbc]: { cipher: '3des', keyOctets: 24, ivOctets: 8 },
};

/** AlgorithmIdentifier of an encryption. Only what we write: PBES2 with AES-256-CBC and SHA-256, or PBE with 3DES. */
export function encodeEncryption(encryption: Encryption): Uint8Array {
  const { salt, iterations } = encryption;
  if (encryption.kind === 'pbe-3des') {
    return derSequence(derOid(pfxOid.pbeSha1TripleDes), derSequence(derOctetString(salt), derInteger(iterations)));
  }
  const prf = derSequence(derOid(pfxOid.hmacSha256), derNull());
  return derSequence(
    derOid(pfxOid.pbes2),
    derSequence(
      derSequence(derOid(pfxOid.pbkdf2), derSequence(derOctetString(salt), derInteger(iterations), prf)),
      derSequence(derOid(pfxOid.aes256Cbc), derOctetString(encryption.iv)),
    ),
  );
}

/** Reads such an AlgorithmIdentifier; `unsupported` for RC2, RC4 and whatever else there is. Nothing is derived here. */
export function readEncryption(algorithm: DerReader): Encryption {
  const type = algorithm.oid();
  const parameters = algorithm.sequence();
  algorithm.end();
  if (type === pfxOid.pbeSha1TripleDes) {
    const salt = parameters.octetString();
    const iterations = parameters.smallInteger();
    parameters.end();
    return { kind: 'pbe-3des', salt, iterations };
  }
  if (type !== pfxOid.pbes2) throw new PfxError('unsupported', `the encryption ${type} is not supported`);
  const derivation = parameters.sequence();
  const scheme = parameters.sequence();
  parameters.end();
  const cipherOid = scheme.oid();
  const cipher = ciphers[cipherOid];
  if (cipher === undefined) throw new PfxError('unsupported', `the cipher ${cipherOid} is not supported`);
  const iv = scheme.octetString();
  scheme.end();
  if (iv.length !== cipher.ivOctets) throw new PfxError('malformed', 'an initialisation vector of the wrong length');
  return {
    kind: 'pbes2',
    ...readPbkdf2(derivation, cipher.keyOctets),
    cipher: cipher.cipher,
    keyOctets: cipher.keyOctets,
    iv,
  };
}

function readPbkdf2(derivation: DerReader, keyOctets: number): { salt: Uint8Array; iterations: number; prf: Prf } {
  const type = derivation.oid();
  if (type !== pfxOid.pbkdf2) throw new PfxError('unsupported', `the key derivation ${type} is not supported`);
  const parameters = derivation.sequence();
  derivation.end();
  const salt = parameters.octetString();
  const iterations = parameters.smallInteger();
  if (parameters.peekTag() === 0x02 && parameters.smallInteger() !== keyOctets) {
    throw new PfxError('malformed', 'the key length does not fit the cipher');
  }
  if (parameters.atEnd) return { salt, iterations, prf: 'SHA-1' };
  const prfAlgorithm = parameters.sequence();
  parameters.end();
  const prfOid = prfAlgorithm.oid();
  if (!prfAlgorithm.atEnd) prfAlgorithm.null();
  prfAlgorithm.end();
  const prf = prfs[prfOid];
  if (prf === undefined) throw new PfxError('unsupported', `the pseudo-random function ${prfOid} is not supported`);
  return { salt, iterations, prf };
}

export async function encrypt(
  subtle: SubtleCrypto,
  encryption: Encryption,
  password: string,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  if (encryption.kind === 'pbe-3des') {
    const { key, iv } = await derivePbe(subtle, encryption, password);
    return tripleDesEncrypt(key, iv, plaintext);
  }
  const bits = await derivePbkdf2(subtle, encryption, password);
  if (encryption.cipher === '3des') return tripleDesEncrypt(bits, encryption.iv, plaintext);
  const key = await subtle.importKey('raw', bits, 'AES-CBC', false, ['encrypt']);
  return new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv: copy(encryption.iv) }, key, copy(plaintext)));
}

/** Throws `wrong-password` where what comes out has no sound padding. */
export async function decrypt(
  subtle: SubtleCrypto,
  encryption: Encryption,
  password: string,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  if (encryption.kind === 'pbe-3des') {
    const { key, iv } = await derivePbe(subtle, encryption, password);
    return tripleDesDecrypt(key, iv, ciphertext);
  }
  const bits = await derivePbkdf2(subtle, encryption, password);
  if (encryption.cipher === '3des') return tripleDesDecrypt(bits, encryption.iv, ciphertext);
  const key = await subtle.importKey('raw', bits, 'AES-CBC', false, ['decrypt']);
  try {
    return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv: copy(encryption.iv) }, key, copy(ciphertext)));
  } catch (error) {
    throw new PfxError('wrong-password', 'the password is wrong or the file is damaged', { cause: error });
  }
}

async function derivePbe(subtle: SubtleCrypto, { salt, iterations }: Encryption, password: string) {
  const octets = bmpPassword(password);
  const parameters = { hash: 'SHA-1', salt, iterations } as const;
  const key = await pkcs12Kdf(subtle, octets, parameters, kdfPurpose.key, 24);
  const iv = await pkcs12Kdf(subtle, octets, parameters, kdfPurpose.iv, 8);
  return { key, iv };
}

async function derivePbkdf2(
  subtle: SubtleCrypto,
  { salt, iterations, prf, keyOctets }: Extract<Encryption, { kind: 'pbes2' }>,
  password: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const base = await subtle.importKey('raw', utf8Password(password), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: prf, salt: copy(salt), iterations };
  return new Uint8Array(await subtle.deriveBits(parameters, base, keyOctets * 8));
}

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
