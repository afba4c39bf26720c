import { html, t } from '@see/language';
import { linkButton } from '../../../components/button.ts';
import { insetText } from '../../../components/notice.ts';
import { portalPage } from '../../../layout/portal-page.ts';
import type { View } from '../../../view.ts';
import { choosePicture } from '../install/pictures.ts';

/** How to get to one's own certificates: by showing one of them. `at` is undefined while that port is closed. */
export function myDoorPage(view: View, at: string | undefined): string {
  return portalPage(view, {
    title: t`My certificates`,
    place: 'my',
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">${t`My certificates`}</h1>
<p class="govuk-body-l">${t`See what you have and what was done with it, suspend or revoke it at once, and read what we hold about you.`}</p>
<p class="govuk-body">${t`You open these pages with your certificate for signing in; there is no password. The browser asks which certificate to show: choose the one with your name.`}</p>
${choosePicture(t`Drawing: the browser asks which certificate to show; the first one is marked.`)}
<p>${at ? linkButton(t`Open my certificates`, at) : insetText(t`These pages are not open at the moment. Try again later; in an emergency tell your sponsor or your service desk.`)}</p>
<h2 class="govuk-heading-m">${t`It does not work any more, or you do not have it here`}</h2>
<p class="govuk-body">${t`Then nobody can tell that it is you. Your sponsor or your service desk helps: see <a class="govuk-link" href="/lost">Lost a file, a passphrase or a code?</a> or, in haste, <a class="govuk-link" href="/revoke">Report a lost key</a>.`}</p></div>`,
  });
}
