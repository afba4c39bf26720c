import { html, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { textInput } from '../../components/text-input.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface NewApplicationFacts {
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
}

/** Enters the application of an agency that wants to be a member. */
export function newApplicationPage(view: View, reader: ConsoleReader, { typed, errors }: NewApplicationFacts): string {
  const field = (id: string) => ({ id, value: typed[id] ?? '', ...errorOf(errors, id) });
  return consolePage(view, reader, {
    title: t`Enter an application`,
    place: 'agencies',
    beforeContent: backLink(t`Agencies`, '/console/agencies'),
    content: html`<div class="see-narrow">${errorSummary(errors)}
<h1 class="govuk-heading-l">${t`Enter an application`}</h1>
<p class="govuk-body">${t`An agency has asked by letter to become a member. Another operator then finds its name and identifier in a register; you cannot do both.`}</p>
<form method="post" action="/console/agencies/applications" novalidate autocomplete="off">
<input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ ...field('name'), label: t`Name of the agency`, hint: t`As it stands in the register, with macrons.`, maxLength: 64 })}
${textInput({ ...field('agencyId'), label: t`Short name`, hint: t`Small letters, digits and hyphens, like “treasury”. It stays for good.`, inputClass: 'govuk-input--width-20', spellcheck: false, maxLength: 63 })}
${textInput({ ...field('organizationIdentifier'), label: t`Identifier of the organisation`, hint: t`As certificates have it: “GOVNZ” for departments, or a scheme and a number like “NTRNZ-1234567”.`, inputClass: 'govuk-input--width-20', spellcheck: false, maxLength: 100 })}
<h2 class="govuk-heading-m">${t`Its letter`}</h2>
${textInput({ ...field('reference'), label: t`Reference`, hint: t`By which the letter is found again.`, maxLength: 200 })}
${textInput({ ...field('signedBy'), label: t`Who signed it`, hint: t`Name and office, like “A. Ngata, chief executive”.`, maxLength: 200 })}
${textInput({ ...field('signedOn'), label: t`Day on which it was signed`, type: 'date', inputClass: 'govuk-input--width-10' })}
${submitButton({ text: t`Enter the application` })}
</form></div>`,
  });
}
