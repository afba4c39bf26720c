import { generateKeyPairSync } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { ALGORITHMS, type SignInParty } from './relying-party.ts';

/** What a browser sends after a passkey was made. Members are base64url. */
export interface RegistrationAnswer {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
}

/** What a browser sends after a passkey was used. Members are base64url. */
export interface AssertionAnswer {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string;
}

export interface MadePasskey {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly algorithm: number;
  readonly synced: boolean;
  readonly signCount: number;
}

/** Why an answer does not hold: a word for the audit trail. */
export interface PasskeyFault {
  readonly fault: string;
}

/**
 * Verifies a registration (WebAuthn L3 section 7.1): the challenge, the portal's origin, no frame of another one, the
 * RP ID, presence and verification of the user, and one of our algorithms. Attestation is neither asked for nor
 * believed: only its forms without certificates are read, since chains may name addresses that a verifier fetches.
 */
export async function verifyRegistration(
  answer: RegistrationAnswer,
  challenge: string,
  party: SignInParty,
): Promise<MadePasskey | PasskeyFault> {
  if (isFramed(answer.clientDataJSON)) return { fault: 'cross-origin' };
  if (!isUnattested(answer.attestationObject)) return { fault: 'attestation' };
  const response: RegistrationResponseJSON = {
    id: answer.id,
    rawId: answer.id,
    type: 'public-key',
    response: { clientDataJSON: answer.clientDataJSON, attestationObject: answer.attestationObject },
    clientExtensionResults: {},
  };
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return { fault: 'not-verified' };
    const { credential, credentialDeviceType } = registrationInfo;
    // The browser says the id twice; the one that the authenticator gave counts.
    if (credential.id !== answer.id) return { fault: 'wrong-id' };
    const algorithm = algorithmOf(credential.publicKey);
    return algorithm === undefined
      ? { fault: 'wrong-algorithm' }
      : {
          credentialId: credential.id,
          publicKey: credential.publicKey,
          algorithm,
          synced: credentialDeviceType === 'multiDevice',
          signCount: credential.counter,
        };
  } catch (error) {
    return { fault: wordFor(error) };
  }
}

/**
 * Verifies an assertion (section 7.2) as strictly. The counter is returned and not compared: what it means when it goes
 * back is the caller's to decide. Not checked: whose passkey it is, and whether the user handle is theirs.
 */
export async function verifyAssertion(
  answer: AssertionAnswer,
  challenge: string,
  party: SignInParty,
  publicKey: Uint8Array,
): Promise<{ readonly signCount: number } | PasskeyFault> {
  if (isFramed(answer.clientDataJSON)) return { fault: 'cross-origin' };
  const { id, clientDataJSON, authenticatorData, signature, userHandle } = answer;
  const response: AuthenticationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    response: { clientDataJSON, authenticatorData, signature, userHandle },
    clientExtensionResults: {},
  };
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.rpId,
      requireUserVerification: true,
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    return verified ? { signCount: authenticationInfo.newCounter } : { fault: 'bad-signature' };
  } catch (error) {
    return { fault: wordFor(error) };
  }
}

/** A public key that nobody has the other half of: unknown passkeys are verified against it, so that they take as long. */
export const decoyPublicKey = coseKey();

function coseKey(): Uint8Array {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey.export({
    format: 'jwk',
  });
  // {1: 2, 3: -7, -1: 1, -2: x, -3: y}, RFC 9053 section 7.1.1.
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
}

/** The algorithm of a COSE_Key on P-256 or P-384, by its first members in canonical CBOR. */
function algorithmOf(publicKey: Uint8Array): number | undefined {
  const start = publicKey.subarray(0, 6).toHex();
  // kty EC2 and alg -7, or -35, which takes two octets.
  if (start.startsWith('a501020326')) return -7;
  return start === 'a50102033822' ? -35 : undefined;
}

function isFramed(clientDataJSON: string): boolean {
  try {
    const data = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    > | null;
    return data === null || (data['crossOrigin'] ?? false) !== false || data['topOrigin'] !== undefined;
  } catch {
    // The library says what is wrong with it.
    return false;
  }
}

function isUnattested(attestationObject: string): boolean {
  try {
    const object = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    const format = object.get('fmt');
    return format === 'none' || (format === 'packed' && object.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

/** The library says what is wrong in sentences that repeat what was sent; the audit trail gets a word of ours. */
function wordFor(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  return WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'malformed';
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Unexpected (?:registration|authentication) response type/, 'wrong-type'],
  [/^Unexpected (?:registration|authentication) response challenge/, 'wrong-challenge'],
  [/^Unexpected (?:registration|authentication) response origin/, 'wrong-origin'],
  [/RP ID/, 'wrong-rp-id'],
  [/^User not present|presence was required/, 'user-not-present'],
  [/^User verification/, 'user-not-verified'],
  [/^Unexpected public key alg/, 'wrong-algorithm'],
];
