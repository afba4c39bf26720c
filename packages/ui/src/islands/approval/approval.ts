import { dataOf } from '../part.ts';
import { showStep } from '../step.ts';
import { drawOrder } from './draw-order.ts';
import { offerApproval, openDesk } from './offer-approval.ts';
import { fetchOrder } from './order-to-approve.ts';

/**
 * The order page of the desk: fetches the bytes, shows what they say, has a passkey sign their digest, and carries the
 * approval back to the console. The signer verifies all of it again.
 */
void openDesk(async () => {
  const order = await fetchOrder(dataOf('approval', 'order'));
  drawOrder(order);
  offerApproval(order);
  showStep('decide');
});
