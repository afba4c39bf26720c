import { t } from '@see/language';
import { toBase64url } from '../base64url.ts';
import { dataOf, part, write } from '../part.ts';
import { say } from '../say.ts';
import { showStep } from '../step.ts';
import { signWithPasskey, type ToSign } from './sign-with-passkey.ts';
import { deadEnd, notSigned } from './words.ts';

/** Runs a page of the desk where there are passkeys, and says why not where there are none or `show` fails. */
export async function openDesk(show: () => Promise<void>): Promise<void> {
  part('no-script').hidden = true;
  if (!window.isSecureContext || typeof PublicKeyCredential !== 'function') {
    showStep('old-browser');
    return;
  }
  showStep('reading');
  try {
    await show();
  } catch (error) {
    const { title, text, english } = deadEnd(error);
    write('dead-end-title', title);
    write('dead-end-text', text);
    if (english) part('dead-end-text').lang = 'en-NZ';
    showStep('dead-end');
  }
}

/**
 * Lets the reader approve what was shown: a passkey signs the digest, and the approval goes to the console in the
 * address's fragment, which no server sees.
 */
export function offerApproval(toSign: ToSign): void {
  if (toSign.passkeys.length === 0) {
    part('no-passkey').hidden = false;
    return;
  }
  const button = part<HTMLButtonElement>('approve');
  button.hidden = false;
  button.addEventListener('click', () => void approve(toSign, button));
}

async function approve(toSign: ToSign, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  fault(undefined);
  write('approve-status', say(t`Waiting for your passkey.`));
  try {
    const approval = await signWithPasskey(toSign, dataOf('approval', 'rp'));
    write('approve-status', say(t`Signed. Going back to the console.`));
    const text = toBase64url(new TextEncoder().encode(JSON.stringify(approval)));
    location.assign(`${dataOf('approval', 'console')}#approval=${text}`);
  } catch (error) {
    write('approve-status', '');
    fault(notSigned(error));
  } finally {
    button.disabled = false;
  }
}

function fault(text: string | undefined): void {
  part('approve-error').hidden = text === undefined;
  write('approve-error-text', text ?? '');
}
