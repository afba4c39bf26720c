/**
 * What the desk sends back with somebody: an approval in the address's fragment, which no server sees. On the order's
 * page it goes into the page's own form and is sent. On the sign-in page, when the session was over meanwhile, it is
 * kept for the order's page, which follows. The approval is a signature; whoever sends it, it counts for the one who
 * signed.
 */
const fragment = /^#approval=([A-Za-z0-9_-]+)$/.exec(location.hash);
const approval = fragment?.[1];
if (approval !== undefined) {
  const form = document.querySelector<HTMLFormElement>('#approval-form');
  const field = document.querySelector<HTMLInputElement>('#approval');
  const signIn = document.querySelector<HTMLFormElement>('#sign-in-form');
  if (form && field) {
    history.replaceState(null, '', location.pathname);
    field.value = approval;
    document.querySelector('#approval-sending')?.removeAttribute('hidden');
    form.requestSubmit();
  } else {
    if (signIn) signIn.action = `${location.pathname}#approval=${approval}`;
    document.querySelector('#approval-waits')?.removeAttribute('hidden');
  }
}
