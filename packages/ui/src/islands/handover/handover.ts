import { part } from '../part.ts';

/**
 * The order page of the console, when the desk sent somebody back: takes the approval out of the fragment and sends it
 * with the page's own form. The approval is a signature; whoever sends it, it counts for the one who signed.
 */
const approval = /^#approval=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
if (approval !== undefined) {
  history.replaceState(null, '', location.pathname);
  part<HTMLInputElement>('approval').value = approval;
  part('approval-sending').hidden = false;
  part<HTMLFormElement>('approval-form').requestSubmit();
}
