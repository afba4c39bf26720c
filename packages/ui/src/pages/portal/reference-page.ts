import { html, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { textInput } from '../../components/text-input.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

/** For those who have a code but did not come by the link: asks for the order's reference. Works without script. */
export function referencePage(view: View, value = '', errors: readonly FieldError[] = []): string {
  return portalPage(view, {
    title: t`Use my code`,
    place: 'enrol',
    content: html`<div class="see-narrow">
${errorSummary(errors)}
<form method="get" action="/enrol" novalidate>
${textInput({
  id: 'order',
  label: t`Which link did your sponsor give you?`,
  heading: true,
  hint: t`Paste the link that your sponsor gave you, or its last part: 36 letters, digits and dashes. The 8 in the mail with the code are not enough.`,
  value,
  autocomplete: 'off',
  spellcheck: false,
  maxLength: 200,
  inputClass: 'see-serial',
  ...errorOf(errors, 'order'),
})}
${submitButton({ text: t`Continue` })}
</form>
<p class="govuk-body"><a class="govuk-link" href="/lost">${t`I have no code, or it does not work`}</a></p>
</div>`,
  });
}

/** What was typed has no order in it. */
export function unreadableReference(value: string): readonly FieldError[] {
  const text =
    value.trim() === ''
      ? t`Paste the link that your sponsor gave you.`
      : t`Paste the whole link, or its last part: 36 letters, digits and dashes, like 3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10.`;
  return [{ field: 'order', text }];
}
