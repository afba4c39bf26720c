import { t } from '@see/language';
import { offerApproval, openDesk } from '../approval/offer-approval.ts';
import { dataOf, write } from '../part.ts';
import { say } from '../say.ts';
import { showStep } from '../step.ts';
import { fetchBatch } from './batch-to-approve.ts';
import { drawBatch } from './draw-batch.ts';

/**
 * The batch page of the desk: fetches the batch and every order, hashes all of them, shows what stands out first, has a
 * passkey sign, and carries the approval back to the console.
 */
void openDesk(async () => {
  const batch = await fetchBatch(dataOf('approval', 'batch'), (fetched, of) =>
    write('reading-progress', say(t`${fetched} of ${of} orders read.`)),
  );
  drawBatch(batch);
  offerApproval(batch);
  showStep('decide');
});
