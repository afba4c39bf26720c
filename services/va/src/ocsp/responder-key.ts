import { type Authority, activeProfile, type RESPONDER_KEYS } from '@see/domain';
import type { SigningAlgorithm } from '@see/keys';
import { type Profile, profileOf } from '@see/policy/profile';

/** Kinds of key that a responder may have. */
export type ResponderKey = (typeof RESPONDER_KEYS)[number];

const KIND_OF: Readonly<Record<SigningAlgorithm, ResponderKey>> = {
  'ecdsa-sha384': 'P-384',
  'ecdsa-sha256': 'P-256',
  'rsa-sha384': 'RSA-3072',
};

/** The kind of a responder key that signs with this algorithm. */
export function responderKeyOf(algorithm: SigningAlgorithm): ResponderKey {
  return KIND_OF[algorithm];
}

/**
 * The kind of key to ask for: the configured one where the active profile `ocsp-responder` takes it. Else P-384, so that a
 * configuration which the profile does not allow takes no answer away.
 */
export function wantedResponderKey(authority: Authority): ResponderKey {
  const { responderKey } = authority.configuration.status;
  const active = activeProfile(authority, 'ocsp-responder');
  return active && takes(profileOf(active.content), responderKey) ? responderKey : 'P-384';
}

function takes({ curves, rsaBits }: Profile, kind: ResponderKey): boolean {
  if (kind !== 'RSA-3072') return curves.includes(kind);
  return rsaBits !== null && rsaBits.min <= 3072 && 3072 <= rsaBits.max;
}
