import { t } from '@see/language';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { dataOf, part, write } from '../part.ts';
import { postJson, Refused } from '../post-json.ts';
import { say } from '../sign-in-say.ts';

/** The sign-in page's passkey button: asks for whatever passkey the reader has, and goes where the service says. */
const next = dataOf('passkey-sign-in', 'next');

interface Options {
  readonly challenge: string;
  readonly rpId: string;
  readonly timeout: number;
}

async function signIn(): Promise<void> {
  const button = part<HTMLButtonElement>('use-passkey');
  button.disabled = true;
  fault(undefined);
  write('passkey-status', say(t`Waiting for your passkey.`));
  try {
    const options = await postJson<Options>('/console/sign-in/passkey/challenge', {});
    const answer = await postJson<{ next: string }>('/console/sign-in/passkey', { ...(await touch(options)), next });
    // What the desk sent along with the reader stays with them.
    location.assign(`${answer.next}${location.hash}`);
  } catch (error) {
    write('passkey-status', '');
    fault(inWords(error));
  } finally {
    button.disabled = false;
  }
}

async function touch({ challenge, rpId, timeout }: Options): Promise<Record<string, string>> {
  const credential = (await navigator.credentials.get({
    publicKey: { challenge: fromBase64url(challenge), rpId, timeout, userVerification: 'required' },
  })) as PublicKeyCredential | null;
  if (!credential) throw new Refused(say(t`No passkey answered.`));
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    id: credential.id,
    clientDataJSON: toBase64url(response.clientDataJSON),
    authenticatorData: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
    // A passkey that the authenticator found by itself always says whose it is.
    userHandle: toBase64url(response.userHandle ?? new Uint8Array(1)),
  };
}

function fault(text: string | undefined): void {
  part('passkey-error').hidden = text === undefined;
  write('passkey-error-text', text ?? '');
}

function inWords(error: unknown): string {
  if (error instanceof Refused) return error.message;
  return error instanceof DOMException && error.name === 'NotAllowedError'
    ? say(t`You are not signed in. You cancelled, it took too long, or this device has no passkey for this service.`)
    : say(t`You are not signed in. The browser or the device reported a fault; try again.`);
}

if (window.isSecureContext && typeof PublicKeyCredential === 'function') {
  part('passkey-no-script').hidden = true;
  part('passkey-ready').hidden = false;
  part('use-passkey').addEventListener('click', () => void signIn());
} else {
  write(
    'passkey-no-script',
    say(t`This browser has no passkeys. Open this page in a current Chrome, Edge, Firefox or Safari.`),
  );
}
