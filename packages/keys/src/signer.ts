import { createPrivateKey, createPublicKey, createSign, generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** Signature algorithms by the names that the codecs use. */
export type SigningAlgorithm = 'ecdsa-sha256' | 'ecdsa-sha384' | 'rsa-sha384';

/**
 * A private key that signs and is never seen. Software keys now; PKCS#11 and key services take the same shape.
 */
export interface Signer {
  readonly algorithm: SigningAlgorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly publicKey: KeyObject;
  /** Signs octets; ECDSA signatures are DER (RFC 3279 2.2.3). Runs in the thread pool. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  /** A signature over octets that come one part after another; signs on the calling thread. */
  stream(): { update(octets: Uint8Array): void; sign(): Promise<Uint8Array> };
}

/** Kinds of key that can be made here. */
export type KeyKind = 'P-384' | 'P-256' | 'RSA-3072';

const signInPool = promisify(
  (hash: string, data: Uint8Array, key: KeyObject, callback: (error: Error | null, signature: Buffer) => void) =>
    sign(hash, data, key, callback),
);

/** A key held in this process's memory. */
export class SoftwareSigner implements Signer {
  readonly algorithm: SigningAlgorithm;
  readonly spki: Uint8Array;
  readonly publicKey: KeyObject;
  readonly #privateKey: KeyObject;
  readonly #hash: string;

  constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey;
    this.publicKey = createPublicKey(privateKey);
    this.spki = new Uint8Array(this.publicKey.export({ format: 'der', type: 'spki' }));
    this.algorithm = algorithmOf(privateKey);
    this.#hash = this.algorithm === 'ecdsa-sha256' ? 'sha256' : 'sha384';
  }

  /** Takes a PKCS#8 key. */
  static fromPkcs8(der: Uint8Array): SoftwareSigner {
    return new SoftwareSigner(createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }));
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    return signInPool(this.#hash, bytes, this.#privateKey);
  }

  stream(): { update(octets: Uint8Array): void; sign(): Promise<Uint8Array> } {
    const signing = createSign(this.#hash);
    return {
      update: (octets) => {
        signing.update(octets);
      },
      sign: async () => signing.sign(this.#privateKey),
    };
  }
}

function algorithmOf(key: KeyObject): SigningAlgorithm {
  if (key.asymmetricKeyType === 'rsa') return 'rsa-sha384';
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve === 'secp384r1') return 'ecdsa-sha384';
  if (curve === 'prime256v1') return 'ecdsa-sha256';
  throw new TypeError(`no signature algorithm for a ${curve ?? key.asymmetricKeyType} key`);
}

const generateInPool = promisify(generateKeyPair);

/** Makes a key in the thread pool, RSA takes long, and returns it as PKCS#8 DER. */
export async function generatePkcs8(kind: KeyKind): Promise<Uint8Array> {
  const { privateKey } =
    kind === 'RSA-3072'
      ? await generateInPool('rsa', { modulusLength: 3072 })
      : await generateInPool('ec', { namedCurve: kind === 'P-384' ? 'secp384r1' : 'prime256v1' });
  return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
}
