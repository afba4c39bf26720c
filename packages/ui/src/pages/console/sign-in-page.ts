import { submitButton } from '../../components/button.ts';
import { command } from '../../components/command.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, insetText } from '../../components/notice.ts';
import { textInput } from '../../components/text-input.ts';
import { html } from '../../html.ts';
import { consolePage } from '../../layout/console-page.ts';
import type { Site } from '../../site.ts';

/** Signing in with an access token. What was typed is never sent back. */
export function signInPage(site: Site, next: string, errors: readonly FieldError[] = []): string {
  return consolePage(site, undefined, {
    title: 'Sign in',
    scripts: ['handover.js'],
    content: html`<div class="see-narrow">
${errorSummary(errors)}
<div id="approval-waits" hidden>${insetText('You were signed out meanwhile. Your approval is kept, and handed in once you are signed in.')}</div>
<form method="post" action="/console/sign-in" id="sign-in-form" novalidate>
${textInput({
  id: 'token',
  label: 'Sign in with your access token',
  heading: true,
  hint: 'It starts with see_ and was shown once, when it was made.',
  type: 'password',
  autocomplete: 'off',
  spellcheck: false,
  maxLength: 100,
  inputClass: 'see-serial',
  ...errorOf(errors, 'token'),
})}
<input type="hidden" name="next" value="${next}">
${submitButton({ text: 'Sign in' })}
</form>
${details(
  'I have no token',
  html`<p class="govuk-body">An administrator makes one on the machine that runs SEE PKI:</p>${command('see token create --role operator --person PERSON --name "Your name"')}`,
)}
<p class="govuk-body see-muted">You are signed out after ten minutes without use.</p>
</div>`,
  });
}
