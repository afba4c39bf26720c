import { t } from '@see/language';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { Refused } from '../post-json.ts';
import { say } from '../sign-in-say.ts';

/** What the service asks for, in the JSON form of WebAuthn L3 section 5.1.9; the members that are used. */
export interface RegistrationOptions {
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: readonly { readonly alg: number }[];
  readonly excludeCredentials: readonly { readonly id: string }[];
  readonly timeout: number;
}

/** What the service verifies; base64url. */
export interface MadeSignInPasskey {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
}

/**
 * Has an authenticator make a passkey that it finds by itself and that asks for PIN, finger or face. Throws what the
 * browser throws, `InvalidStateError` when the device has one already.
 */
export async function makeSignInPasskey(options: RegistrationOptions): Promise<MadeSignInPasskey> {
  const credential = (await navigator.credentials.create({
    publicKey: {
      rp: options.rp,
      user: { ...options.user, id: fromBase64url(options.user.id) },
      challenge: fromBase64url(options.challenge),
      pubKeyCredParams: options.pubKeyCredParams.map(({ alg }) => ({ type: 'public-key', alg })),
      excludeCredentials: options.excludeCredentials.map(({ id }) => ({ type: 'public-key', id: fromBase64url(id) })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      timeout: options.timeout,
    },
  })) as PublicKeyCredential | null;
  if (!credential) throw new Refused(say(t`No passkey was made.`));
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    id: credential.id,
    clientDataJSON: toBase64url(response.clientDataJSON),
    attestationObject: toBase64url(response.attestationObject),
  };
}
