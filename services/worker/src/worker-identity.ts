import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SealedStore } from '@see/keys';
import { credentialId, type PublicJwk } from '@see/statement';

/** What the worker's sealed store holds. */
export interface WorkerIdentity {
  /** The id under which the authority chain registers the identity key. */
  readonly keyId: string;
  readonly privateKey: KeyObject;
  /** What enrolment codes are derived from. */
  readonly codeSecret: Uint8Array;
}

/** Opens the store in the worker's own folder. Throws SealedStoreError; nothing is made when it is missing. */
export function openWorkerIdentity(stateDir: string, passphrase: Uint8Array): WorkerIdentity {
  const store = SealedStore.open(stateDir, passphrase);
  const privateKey = createPrivateKey({ key: Buffer.from(store.read('identity')), format: 'der', type: 'pkcs8' });
  const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-384' || !x || !y) throw new TypeError("the worker's identity must be a P-384 key");
  const publicKey: PublicJwk = { kty, crv, x, y };
  return { keyId: credentialId(publicKey), privateKey, codeSecret: store.read('code-secret') };
}
