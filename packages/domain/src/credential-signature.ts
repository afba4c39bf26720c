import type { KeyObject } from 'node:crypto';
import {
  authenticatorDataOf,
  importPasskeyJwk,
  importPublicJwk,
  isWebauthnSignature,
  type RelyingParty,
  type SignatureFault,
  signatureFaultInPool,
  type WebauthnFault,
  webauthnFaultInPool,
} from '@see/statement';
import type { Authority, Credential } from './authority/authority.ts';

export type CredentialFault = SignatureFault | WebauthnFault | 'wrong-form';

/** Whether the key that signed can exist on one device only, as far as its authenticator says. */
export type KeyKeeping = 'device-bound' | 'synced';

const keys = new WeakMap<Credential, KeyObject>();

/** The imported public key of a credential, made once. */
export function credentialKey(credential: Credential): KeyObject {
  const known = keys.get(credential);
  if (known) return known;
  const key =
    credential.passkey === null ? importPublicJwk(credential.publicKey) : importPasskeyJwk(credential.publicKey);
  keys.set(credential, key);
  return key;
}

/** The only origin and RP ID for which passkeys sign, from the sealed configuration. */
export function relyingParty({ configuration }: Authority): RelyingParty {
  return { origin: new URL(configuration.deskUrl).origin, rpId: configuration.rpId };
}

/**
 * Why a credential's signature over a digest does not hold; undefined when it does. A key file signs by JWS and a
 * passkey by WebAuthn, never the other way round, whatever the signature says of itself. Whether the credential was
 * removed and whether it may sign this is not checked here.
 */
export async function credentialSignatureFault(
  authority: Authority,
  credential: Credential,
  digest: Uint8Array,
  signature: unknown,
): Promise<CredentialFault | undefined> {
  if (isWebauthnSignature(signature) !== (credential.passkey !== null)) return 'wrong-form';
  const key = credentialKey(credential);
  return credential.passkey === null
    ? signatureFaultInPool(signature, digest, credential.credentialId, key)
    : webauthnFaultInPool(signature, digest, relyingParty(authority), key);
}

/**
 * How the key of a signature that holds is kept. A key file counts as bound; a passkey is synced when its authenticator
 * says that it may be copied (BE). Without attestation that is the authenticator's own word.
 */
export function keyKeeping(credential: Credential, signature: unknown): KeyKeeping {
  if (credential.passkey === null) return 'device-bound';
  return authenticatorDataOf(signature)?.backupEligible === false ? 'device-bound' : 'synced';
}
