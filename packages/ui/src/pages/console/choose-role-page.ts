import { html, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { type RadioOption, radios } from '../../components/radios.ts';
import { consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/** Asked of those with several roles, once they touched their passkey. A session is in one role. */
export function chooseRolePage(view: View, next: string, options: readonly RadioOption[]): string {
  return consolePage(view, undefined, {
    title: t`Choose your role`,
    scripts: ['handover.js'],
    content: html`<div class="see-narrow">
<h1 class="govuk-heading-l">${t`What are you here for?`}</h1>
<form method="post" action="/console/sign-in/role" id="sign-in-form">
${radios({ name: 'as', legend: t`You have several roles`, hint: t`To act in another one later, sign in again.`, options })}
<input type="hidden" name="next" value="${next}">
${submitButton({ text: t`Go on` })}
</form>
</div>`,
  });
}
