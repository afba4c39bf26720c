import { createHash, type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts';
import { type ClientDataFault, clientDataFault } from './client-data.ts';

/**
 * A signature over a statement digest by a passkey: a WebAuthn assertion whose challenge is the digest itself. Members
 * are base64url without padding; the signature is ECDSA in DER, as authenticators make it.
 */
export interface WebauthnSignature {
  readonly form: 'webauthn';
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
}

/** Where passkeys sign: the origin of the desk as browsers write it, and the RP ID. Both are sealed. */
export interface RelyingParty {
  readonly origin: string;
  readonly rpId: string;
}

export type WebauthnFault =
  | 'malformed'
  | 'wrong-algorithm'
  | ClientDataFault
  | 'bad-authenticator-data'
  | 'wrong-rp-id'
  | 'user-not-present'
  | 'user-not-verified'
  | 'attested-credential-data'
  | 'bad-backup-state'
  | 'bad-signature';

/** Most characters of each member, in base64url. */
export const WEBAUTHN_LIMITS = { authenticatorData: 1_400, clientDataJSON: 4_096, signature: 160 } as const;
const NAMES = ['authenticatorData', 'clientDataJSON', 'signature'] as const;
const HASHES: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384' };

const verifyInPool = promisify(
  (
    hash: string,
    data: Uint8Array,
    key: KeyObject,
    signature: Uint8Array,
    callback: (error: Error | null, holds: boolean) => void,
  ) => verify(hash, data, { key, dsaEncoding: 'der' }, signature, callback),
);

/** Whether a stored JSON value has the shape of an assertion; nothing is verified. */
export function isWebauthnSignature(value: unknown): value is WebauthnSignature {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== NAMES.length + 1) return false;
  const members = value as Readonly<Record<string, unknown>>;
  return members['form'] === 'webauthn' && NAMES.every((name) => typeof members[name] === 'string');
}

/**
 * Checks one assertion over a digest, as W3C WebAuthn L3 section 7.2 asks and stricter. Returns undefined when it
 * holds, otherwise what is wrong. Guarantees: `webauthn.get` with exactly the digest as challenge, made on exactly this
 * origin in no frame of another one, for this RP ID, by a present and verified user, signed by this key; the curve of
 * the key alone decides between ES256 and ES384. Not checked: who made the authenticator (there is no attestation),
 * whether flags and counter that it signs are true, whether the counter went back, and whether this credential may sign.
 */
export async function webauthnFaultInPool(
  assertion: unknown,
  digest: Uint8Array,
  party: RelyingParty,
  publicKey: KeyObject,
): Promise<WebauthnFault | undefined> {
  const octets = octetsOf(assertion);
  if (!octets) return 'malformed';
  const hash = HASHES[publicKey.asymmetricKeyDetails?.namedCurve ?? ''];
  if (!hash) return 'wrong-algorithm';
  const challenge = Buffer.from(digest).toString('base64url');
  const clientData = clientDataFault(octets.clientDataJSON, challenge, party.origin);
  if (clientData) return clientData;
  const data = readAuthenticatorData(octets.authenticatorData);
  const fault = data ? authenticatorFault(data, party.rpId) : 'bad-authenticator-data';
  if (fault) return fault;
  const signed = Buffer.concat([octets.authenticatorData, createHash('sha256').update(octets.clientDataJSON).digest()]);
  return (await verifyInPool(hash, signed, publicKey, octets.signature)) ? undefined : 'bad-signature';
}

function authenticatorFault(data: AuthenticatorData, rpId: string): WebauthnFault | undefined {
  if (!createHash('sha256').update(rpId).digest().equals(data.rpIdHash)) return 'wrong-rp-id';
  if (!data.userPresent) return 'user-not-present';
  if (!data.userVerified) return 'user-not-verified';
  if (data.attested) return 'attested-credential-data';
  // A key that may not be copied cannot have been.
  return data.backedUp && !data.backupEligible ? 'bad-backup-state' : undefined;
}

/** What the authenticator says about itself in an assertion; undefined when it is malformed. Verify it first. */
export function authenticatorDataOf(assertion: unknown): AuthenticatorData | undefined {
  const octets = octetsOf(assertion);
  return octets && readAuthenticatorData(octets.authenticatorData);
}

type Octets = Readonly<Record<(typeof NAMES)[number], Buffer>>;

function octetsOf(assertion: unknown): Octets | undefined {
  if (!isWebauthnSignature(assertion)) return undefined;
  const found: Partial<Record<(typeof NAMES)[number], Buffer>> = {};
  for (const name of NAMES) {
    const text = assertion[name];
    if (text.length === 0 || text.length > WEBAUTHN_LIMITS[name]) return undefined;
    const octets = Buffer.from(text, 'base64url');
    if (octets.toString('base64url') !== text) return undefined;
    found[name] = octets;
  }
  return found as Octets;
}
