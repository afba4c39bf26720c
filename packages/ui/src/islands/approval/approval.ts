import { toBase64url } from '../base64url.ts';
import { dataOf, part, write } from '../part.ts';
import { showStep } from '../step.ts';
import { drawOrder } from './draw-order.ts';
import { fetchOrder, type OrderToApprove } from './order-to-approve.ts';
import { signWithPasskey } from './sign-with-passkey.ts';
import { deadEnd, notSigned } from './words.ts';

/**
 * The order page of the desk: fetches the bytes, shows what they say, has a passkey sign their digest, and carries the
 * approval back to the console in the address's fragment, which no server sees. The signer verifies all of it again.
 */
const orderId = dataOf('approval', 'order');
const rpId = dataOf('approval', 'rp');
const consoleUrl = dataOf('approval', 'console');

async function approve(order: OrderToApprove): Promise<void> {
  const button = part<HTMLButtonElement>('approve');
  button.disabled = true;
  fault(undefined);
  write('approve-status', 'Waiting for your passkey.');
  try {
    const approval = await signWithPasskey(order, rpId);
    write('approve-status', 'Signed. Going back to the console.');
    location.assign(`${consoleUrl}#approval=${toBase64url(new TextEncoder().encode(JSON.stringify(approval)))}`);
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

async function start(): Promise<void> {
  part('no-script').hidden = true;
  if (!window.isSecureContext || typeof PublicKeyCredential !== 'function') {
    showStep('old-browser');
    return;
  }
  showStep('reading');
  try {
    const order = await fetchOrder(orderId);
    drawOrder(order);
    if (order.passkeys.length === 0) part('no-passkey').hidden = false;
    else {
      const button = part<HTMLButtonElement>('approve');
      button.hidden = false;
      button.addEventListener('click', () => void approve(order));
    }
    showStep('decide');
  } catch (error) {
    const { title, text } = deadEnd(error);
    write('dead-end-title', title);
    write('dead-end-text', text);
    showStep('dead-end');
  }
}

void start();
