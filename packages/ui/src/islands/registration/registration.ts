import { t } from '@see/language';
import { dataOf, part, write } from '../part.ts';
import { say } from '../sign-in-say.ts';
import { showStep } from '../step.ts';
import { fingerprintOf, KeyNotGiven, type MadePasskey, makePasskey } from './new-passkey.ts';

/** The page on which an operator makes a passkey and gets what two administrators need to register it. */
const rpId = dataOf('registration', 'rp');
const FILE = 'passkey.public.json';
/** Set when the browser made a key and did not say its public half. */
let onlyP256 = false;

async function make(): Promise<void> {
  const label = part<HTMLInputElement>('label').value.trim();
  if (label.length < 3) {
    fault(say(t`Say whose passkey it is and where it is kept, in at least 3 characters.`));
    return;
  }
  const button = part<HTMLButtonElement>('make');
  button.disabled = true;
  fault(undefined);
  write('make-status', say(t`Waiting for your device.`));
  try {
    await draw(await makePasskey(label, rpId, onlyP256));
    showStep('made');
  } catch (error) {
    onlyP256 ||= error instanceof KeyNotGiven;
    fault(notMade(error));
  } finally {
    button.disabled = false;
    write('make-status', '');
  }
}

async function draw({ file, synced }: MadePasskey): Promise<void> {
  const text = `${JSON.stringify({ v: 1, kind: 'see-pki-passkey', ...file }, null, 2)}\n`;
  const fingerprint = await fingerprintOf(file);
  write('passkey-fingerprint', (fingerprint.match(/.{1,4}/g) ?? []).join(' '));
  write('passkey-file', text);
  part('copy-file').dataset['copy'] = text;
  const link = part<HTMLAnchorElement>('download-file');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = FILE;
  part('synced').hidden = !synced;
}

function fault(text: string | undefined): void {
  part('label-group').classList.toggle('govuk-form-group--error', text !== undefined);
  part('label-error').hidden = text === undefined;
  write('label-error-text', text ?? '');
}

function notMade(error: unknown): string {
  if (error instanceof KeyNotGiven) {
    return say(
      t`Your browser does not say the public key of that passkey, so it is of no use; remove it from the device. Press the button again for one of another kind.`,
    );
  }
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return say(
        t`No passkey was made. You cancelled, it took too long, or this device cannot make one that asks for PIN, finger or face.`,
      );
    case 'SecurityError':
      return say(t`No passkey was made. This page is not open under the address for which passkeys are registered.`);
    case 'NotSupportedError':
      return say(t`No passkey was made. This device has no passkeys of the kind that approvals need (ES384 or ES256).`);
    default:
      return say(t`No passkey was made. The browser or the device reported a fault; try again.`);
  }
}

function start(): void {
  part('no-script').hidden = true;
  if (!window.isSecureContext || typeof PublicKeyCredential !== 'function') {
    showStep('old-browser');
    return;
  }
  part('label-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void make();
  });
  showStep('make');
}

start();
