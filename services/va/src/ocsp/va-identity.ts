import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Authority } from '@see/domain';
import { serviceKeysOf } from '@see/domain';
import type { SealedStore } from '@see/keys';
import { canonicalBytes, credentialId, type PublicJwk, signDigest, statementDigest } from '@see/statement';

/** The key by which the signer and the readers of the member list know this process. */
export class VaIdentity {
  readonly keyId: string;
  readonly #privateKey: KeyObject;

  private constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey;
    const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
    this.keyId = credentialId({ kty: 'EC', crv: 'P-384', x: x as string, y: y as string } satisfies PublicJwk);
  }

  /** Takes the key that `see init` has sealed. */
  static open(store: SealedStore): VaIdentity {
    const der = Buffer.from(store.read('identity'));
    return new VaIdentity(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  }

  /** Whether two administrators have registered the key and nobody has removed it. */
  isRegistered(authority: Authority): boolean {
    return serviceKeysOf(authority, 'va').some((key) => key.keyId === this.keyId);
  }

  /** Vouches for a responder key: detached JWS over the `ocsp-key` digest. */
  signKeyRequest(instance: string, ca: string, spkiSha256: Uint8Array): string {
    const bytes = canonicalBytes({ v: 1, instance, ca, spki: spkiSha256.toHex() });
    return signDigest(statementDigest('ocsp-key', bytes), this.keyId, this.#privateKey).jws;
  }

  /**
   * A compact JWS (RFC 7515) with its payload. `typ` tells what the payload is, so that no such signature ever passes
   * for one over a statement digest, whose header has no `typ`.
   */
  signDocument(typ: string, payload: Uint8Array): string {
    const header = Buffer.from(JSON.stringify({ alg: 'ES384', kid: this.keyId, typ })).toString('base64url');
    const input = `${header}.${Buffer.from(payload).toString('base64url')}`;
    const signature = sign('sha384', Buffer.from(input), { key: this.#privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }
}
