import { fromBase64url, toBase64url } from '../base64url.ts';
import type { RegisteredPasskey } from './order-to-approve.ts';

/** An approval as the service takes it. */
export interface PasskeyApproval {
  readonly credentialId: string;
  readonly signature: {
    readonly form: 'webauthn';
    readonly authenticatorData: string;
    readonly clientDataJSON: string;
    readonly signature: string;
  };
}

/** A digest that this page made itself, and the passkeys that may sign it. */
export interface ToSign {
  readonly digest: Uint8Array<ArrayBuffer>;
  readonly passkeys: readonly RegisteredPasskey[];
}

/** Another passkey answered than those that are registered. */
export class UnknownPasskey extends Error {}

/**
 * Asks one of the operators' passkeys to sign a digest: the challenge is the digest itself. Throws what the
 * browser throws (`NotAllowedError` when the touch was refused, cancelled or too late), and UnknownPasskey.
 */
export async function signWithPasskey(toSign: ToSign, rpId: string): Promise<PasskeyApproval> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: toSign.digest,
      rpId,
      userVerification: 'required',
      allowCredentials: toSign.passkeys.map(({ passkey }) => ({ type: 'public-key', id: fromBase64url(passkey) })),
      timeout: 180_000,
    },
  })) as PublicKeyCredential | null;
  const found = toSign.passkeys.find(({ passkey }) => passkey === credential?.id);
  if (!credential || !found) throw new UnknownPasskey('not a registered passkey');
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    credentialId: found.credentialId,
    signature: {
      form: 'webauthn',
      authenticatorData: toBase64url(response.authenticatorData),
      clientDataJSON: toBase64url(response.clientDataJSON),
      signature: toBase64url(response.signature),
    },
  };
}
