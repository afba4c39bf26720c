import { t } from '@see/language';
import { dataOf, part, write } from '../part.ts';
import { postJson, Refused } from '../post-json.ts';
import { say } from '../sign-in-say.ts';
import { showStep } from '../step.ts';
import { makeSignInPasskey, type RegistrationOptions } from './make-sign-in-passkey.ts';

/**
 * The page behind a registration link. What the link carries stands behind the `#`, which no server sees until it is
 * sent from here; opening the page uses nothing up.
 */
const link = /^#([A-Za-z0-9_-]{43})$/.exec(location.hash)?.[1];

interface Begun {
  readonly displayName: string;
  readonly options: RegistrationOptions;
}

function begin(): Promise<Begun> {
  return postJson<Begun>('/console/passkey/challenge', { link });
}

async function register(): Promise<void> {
  const label = part<HTMLInputElement>('label').value.trim();
  if (label === '') {
    fault(say(t`Say where this passkey is kept, so that you know it again.`));
    return;
  }
  const button = part<HTMLButtonElement>('make');
  button.disabled = true;
  fault(undefined);
  write('make-status', say(t`Waiting for your device.`));
  try {
    // Asked again: a challenge is good for minutes, and somebody may have read the page for longer.
    const { options } = await begin();
    await postJson('/console/passkey', { label, ...(await makeSignInPasskey(options)) });
    history.replaceState(null, '', location.pathname);
    showStep('done');
  } catch (error) {
    fault(inWords(error));
  } finally {
    button.disabled = false;
    write('make-status', '');
  }
}

function fault(text: string | undefined): void {
  part('label-group').classList.toggle('govuk-form-group--error', text !== undefined);
  part('label-error').hidden = text === undefined;
  write('label-error-text', text ?? '');
}

function inWords(error: unknown): string {
  if (error instanceof Refused) return error.message;
  switch (error instanceof DOMException ? error.name : '') {
    case 'InvalidStateError':
      return say(t`This device already holds a passkey of yours for signing in. Use that one, or another device.`);
    case 'NotAllowedError':
      return say(
        t`No passkey was made. You cancelled, it took too long, or this device cannot make one that asks for PIN, finger or face.`,
      );
    case 'NotSupportedError':
      return say(t`No passkey was made. This device has no passkeys of the kind that is needed (ES384 or ES256).`);
    default:
      return say(t`No passkey was made. The browser or the device reported a fault; try again.`);
  }
}

async function start(): Promise<void> {
  part('no-script').hidden = true;
  if (!window.isSecureContext || typeof PublicKeyCredential !== 'function') {
    showStep('old-browser');
    return;
  }
  if (dataOf('passkey', 'offered') === 'no') {
    showStep('not-offered');
    return;
  }
  if (link === undefined) {
    showStep('no-link');
    return;
  }
  try {
    const { displayName } = await begin();
    write('whose', displayName);
    part('label-form').addEventListener('submit', (event) => {
      event.preventDefault();
      void register();
    });
    showStep('make');
  } catch (error) {
    write('dead-end-text', inWords(error));
    showStep('dead-end');
  }
}

void start();
