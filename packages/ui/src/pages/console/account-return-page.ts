import { html, t } from '@see/language';
import { consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/**
 * Where a browser arrives that comes back from an OpenID provider. It goes on from here by itself: our cookies are sent
 * with what our own pages ask for, and not with what another site led to.
 */
export function accountReturnPage(view: View, name: string, onward: string): string {
  return consolePage(view, undefined, {
    title: t`Signing in`,
    onward,
    content: html`<div class="see-narrow">
<h1 class="govuk-heading-l">${t`Signing in with ${name}`}</h1>
<p class="govuk-body">${t`<a class="govuk-link" href="${onward}">Go on</a>, if this page stays.`}</p>
</div>`,
  });
}
