import { canonicalBytes } from './canonical-json.ts';
import type { PasskeyJwk } from './passkey-jwk.ts';

/**
 * The octets whose SHA-256 identifies a new passkey between its owner and the administrators who register it: id and
 * public key in canonical form, so that neither can be exchanged on the way. Runs in browsers too, hence not the hash.
 */
export function passkeyFingerprintInput(passkey: string, publicKey: PasskeyJwk): Uint8Array {
  const { kty, crv, x, y } = publicKey;
  return canonicalBytes({ passkey, publicKey: { kty, crv, x, y } });
}
