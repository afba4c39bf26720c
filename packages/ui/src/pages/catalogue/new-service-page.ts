import { html, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { radios } from '../../components/radios.ts';
import { select } from '../../components/select.ts';
import { textInput } from '../../components/text-input.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface NewServiceFacts {
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  /** What was sent before, when it had a fault. */
  readonly sent: Readonly<Partial<Record<'agency' | 'kind' | 'name' | 'url' | 'risk', string>>>;
  readonly errors: readonly FieldError[];
}

/** Adds an entry to the catalogue. */
export function newServicePage(view: View, reader: ConsoleReader, { agencies, sent, errors }: NewServiceFacts): string {
  return consolePage(view, reader, {
    title: t`Add a service or site`,
    place: 'services',
    beforeContent: backLink(t`Service catalogue`, '/console/services'),
    content: html`${errorSummary(errors)}<div class="see-narrow"><h1 class="govuk-heading-l">${t`Add a service or site`}</h1>
<form method="post" action="/console/services" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ id: 'name', label: t`Name`, hint: t`As people call it.`, maxLength: 120, ...(sent.name === undefined ? {} : { value: sent.name }), ...errorOf(errors, 'name') })}
${textInput({ id: 'url', label: t`Address`, hint: t`It starts with https:// and its host is within a domain of the agency. We look at its certificate several times a day.`, spellcheck: false, maxLength: 500, ...(sent.url === undefined ? {} : { value: sent.url }), ...errorOf(errors, 'url') })}
${select({ id: 'agency', label: t`Agency that owns it`, options: agencies.map(({ id, name }) => ({ value: id, text: name })), ...(sent.agency === undefined ? {} : { value: sent.agency }) })}
${radios({
  name: 'kind',
  legend: t`What is it?`,
  small: true,
  value: sent.kind ?? 'site',
  options: [
    { value: 'site', text: t`A web site` },
    { value: 'service', text: t`A service: an application, a workspace, an interface` },
  ],
})}
${radios({
  name: 'risk',
  legend: t`Is it a high-risk system?`,
  small: true,
  value: sent.risk ?? 'no',
  options: [
    { value: 'no', text: t`No` },
    { value: 'yes', text: t`Yes`, hint: t`Its failure or misuse would harm people or the government.` },
  ],
})}
${submitButton({ text: t`Add it` })}
</form></div>`,
  });
}
