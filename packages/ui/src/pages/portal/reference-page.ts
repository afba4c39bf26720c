import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { textInput } from '../../components/text-input.ts';
import { html } from '../../html.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** For those who have a code but did not come by the link: asks for the order's reference. Works without script. */
export function referencePage(view: View, value = '', errors: readonly FieldError[] = []): string {
  return portalPage(view, {
    title: 'Use my code',
    place: 'enrol',
    content: html`<div class="see-narrow">
${errorSummary(errors)}
<form method="get" action="/enrol" novalidate>
${textInput({
  id: 'order',
  label: 'Which link did your sponsor give you?',
  heading: true,
  hint: 'Paste the link that your sponsor gave you, or its last part: 36 letters, digits and dashes. The 8 in the mail with the code are not enough.',
  value,
  autocomplete: 'off',
  spellcheck: false,
  maxLength: 200,
  inputClass: 'see-serial',
  ...errorOf(errors, 'order'),
})}
${submitButton({ text: 'Continue' })}
</form>
</div>`,
  });
}
