import { t } from '@see/language';
import { passkeyFingerprintInput } from '@see/statement';
import { say } from '../sign-in-say.ts';

/** What administrators need to register a passkey. Nothing in it is secret. */
export interface NewPasskey {
  readonly label: string;
  readonly passkey: string;
  readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256' | 'P-384'; readonly x: string; readonly y: string };
}

/** A passkey that was made, and whether its authenticator says that it may be copied to other devices. */
export interface MadePasskey {
  readonly file: NewPasskey;
  readonly synced: boolean;
}

/** The browser made a passkey but does not say its public key. */
export class KeyNotGiven extends Error {}

/** COSE algorithms, the better one first. */
const ALGORITHMS = [
  { alg: -35, crv: 'P-384' },
  { alg: -7, crv: 'P-256' },
] as const;
const BACKUP_ELIGIBLE = 0x08;

/**
 * Has an authenticator make a passkey for the desk. No attestation is asked for: the administrators who compare the
 * fingerprint with its owner vouch for it. `onlyP256` is for browsers that do not say the public key of others. Throws
 * what the browser throws, and KeyNotGiven.
 */
export async function makePasskey(label: string, rpId: string, onlyP256: boolean): Promise<MadePasskey> {
  const credential = (await navigator.credentials.create({
    publicKey: {
      rp: { id: rpId, name: say(t`SEE PKI approvals`) },
      user: { id: crypto.getRandomValues(new Uint8Array(32)), name: label, displayName: label },
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      pubKeyCredParams: ALGORITHMS.filter(({ crv }) => !onlyP256 || crv === 'P-256').map(({ alg }) => ({
        type: 'public-key',
        alg,
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      timeout: 180_000,
    },
  })) as PublicKeyCredential | null;
  if (!credential) throw new KeyNotGiven();
  const response = credential.response as AuthenticatorAttestationResponse;
  const publicKey = await publicKeyOf(response);
  const flags = new Uint8Array(response.getAuthenticatorData())[32] ?? 0;
  return { file: { label, passkey: credential.id, publicKey }, synced: (flags & BACKUP_ELIGIBLE) !== 0 };
}

async function publicKeyOf(response: AuthenticatorAttestationResponse): Promise<NewPasskey['publicKey']> {
  const kind = ALGORITHMS.find(({ alg }) => alg === response.getPublicKeyAlgorithm());
  const spki = response.getPublicKey();
  if (!kind || !spki) throw new KeyNotGiven();
  const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: kind.crv }, true, ['verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key);
  return { kty: 'EC', crv: kind.crv, x, y };
}

/** What its owner reads out to the administrators: SHA-256 over id and public key, hex. */
export async function fingerprintOf({ passkey, publicKey }: NewPasskey): Promise<string> {
  const input = new Uint8Array(passkeyFingerprintInput(passkey, publicKey));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', input));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
