import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';

const INFO = 'see-pki/sealed-box/v1';
const POINT_SPKI = 120;

/**
 * Encrypts a short secret to the holder of a P-384 key: ephemeral-static ECDH, HKDF-SHA-384, AES-256-GCM with `context`
 * as associated data. The result is SPKI(ephemeral) || tag || ciphertext. A fresh ephemeral key gives a fresh
 * encryption key, so the nonce is fixed.
 */
export function sealTo(recipientSpki: Uint8Array, context: string, secret: Uint8Array): Uint8Array {
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const spki = ephemeral.publicKey.export({ format: 'der', type: 'spki' });
  const publicKey = createPublicKey({ key: Buffer.from(recipientSpki), format: 'der', type: 'spki' });
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey });
  const cipher = createCipheriv('aes-256-gcm', boxKey(shared, spki), new Uint8Array(12));
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([spki, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealTo` made for this key and context; throws when anything was changed. */
export function openSealed(privateKeyPkcs8: Uint8Array, context: string, box: Uint8Array): Uint8Array {
  const spki = Buffer.from(box.subarray(0, POINT_SPKI));
  const privateKey = createPrivateKey({ key: Buffer.from(privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const shared = diffieHellman({ privateKey, publicKey });
  const decipher = createDecipheriv('aes-256-gcm', boxKey(shared, spki), new Uint8Array(12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(box.subarray(POINT_SPKI, POINT_SPKI + 16));
  return new Uint8Array(Buffer.concat([decipher.update(box.subarray(POINT_SPKI + 16)), decipher.final()]));
}

function boxKey(shared: Uint8Array, ephemeralSpki: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha384', shared, ephemeralSpki, INFO, 32));
}
