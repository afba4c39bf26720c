import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { credentialId } from './credential-id.ts';
import type { PasskeyJwk } from './passkey-jwk.ts';
import type { RelyingParty, WebauthnSignature } from './webauthn-signature.ts';

/** A passkey whose every output can be chosen: what tests use in place of an authenticator. */
export interface SamplePasskey {
  readonly credentialId: string;
  /** The id that the authenticator gave it, base64url. */
  readonly passkey: string;
  readonly publicKey: PasskeyJwk & { readonly [key: string]: string };
  readonly privateKey: KeyObject;
}

/** What an assertion says otherwise than a good one. */
export interface AssertionChange {
  /** Replaces members of the client data; `undefined` leaves one out. */
  readonly clientData?: Readonly<Record<string, unknown>>;
  readonly flags?: number;
  readonly signCount?: number;
  readonly rpId?: string;
  /** Follows the fixed part of the authenticator data. */
  readonly more?: Uint8Array;
  readonly privateKey?: KeyObject;
}

/** User present and verified, device-bound. */
export const BOUND = 0x05;
/** User present and verified, copied to other devices. */
export const SYNCED = 0x1d;

export function samplePasskey(crv: PasskeyJwk['crv'] = 'P-256'): SamplePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: crv });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk = { kty: 'EC', crv, x, y } as const;
  return {
    credentialId: credentialId(jwk),
    passkey: randomBytes(32).toString('base64url'),
    publicKey: jwk,
    privateKey,
  };
}

/** The assertion that a browser would return for a digest as challenge, with what `change` says. */
export function assertionOf(
  key: SamplePasskey,
  digest: Uint8Array,
  party: RelyingParty,
  change: AssertionChange = {},
): WebauthnSignature {
  const clientData = Buffer.from(
    JSON.stringify({
      type: 'webauthn.get',
      challenge: Buffer.from(digest).toString('base64url'),
      origin: party.origin,
      crossOrigin: false,
      ...change.clientData,
    }),
  );
  const fixed = Buffer.alloc(37);
  createHash('sha256')
    .update(change.rpId ?? party.rpId)
    .digest()
    .copy(fixed);
  fixed[32] = change.flags ?? BOUND;
  fixed.writeUInt32BE(change.signCount ?? 1, 33);
  const authenticatorData = Buffer.concat([fixed, change.more ?? new Uint8Array(0)]);
  return signedAssertion(key, authenticatorData, clientData, change.privateKey);
}

/** An assertion over any octets, signed as authenticators do. */
export function signedAssertion(
  key: SamplePasskey,
  authenticatorData: Uint8Array,
  clientData: Uint8Array,
  privateKey: KeyObject = key.privateKey,
): WebauthnSignature {
  const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]);
  const hash = key.publicKey.crv === 'P-256' ? 'sha256' : 'sha384';
  return {
    form: 'webauthn',
    authenticatorData: Buffer.from(authenticatorData).toString('base64url'),
    clientDataJSON: Buffer.from(clientData).toString('base64url'),
    signature: sign(hash, signed, privateKey).toString('base64url'),
  };
}
