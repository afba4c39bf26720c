import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { checkboxes } from '../../components/checkboxes.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText } from '../../components/notice.ts';
import { select } from '../../components/select.ts';
import { textInput } from '../../components/text-input.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/** Somebody of the registry who may be meant already. */
export interface AlikePerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly agency: string;
}

export interface NewPersonFacts {
  readonly agencies: readonly { readonly id: string; readonly name: string; readonly domains: readonly string[] }[];
  readonly typed: Readonly<Record<string, string>>;
  /** Those whom the reader may see and whose name or address is like what was typed. */
  readonly alike: readonly AlikePerson[];
  /** Whether the form asks to confirm that it is somebody else. */
  readonly asksNamesake: boolean;
  readonly errors: readonly FieldError[];
}

/** Enters one person into the registry. */
export function newPersonPage(view: View, reader: ConsoleReader, facts: NewPersonFacts): string {
  return consolePage(view, reader, {
    title: t`Enter a person`,
    place: 'people',
    beforeContent: backLink(t`People`, '/console/people'),
    content: html`<div class="see-narrow">${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Enter a person`}</h1>
<p class="govuk-body">${t`Names and address go into certificates exactly as they stand here. For many people at once, <a class="govuk-link" href="/console/imports/new">import a spreadsheet</a>.`}</p>
${facts.alike.length > 0 && alike(facts.alike)}
<form method="post" action="/console/people" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${fields(facts)}
${submitButton({ text: t`Enter this person` })}
</form>
<p class="govuk-body">${t`What shows who the person is, and the order of certificates, come next, on the page of the person. Nothing is sent to them yet.`}</p></div>`,
  });
}

function fields({ agencies, typed, errors, asksNamesake }: NewPersonFacts): SafeHtml {
  const [only] = agencies.length === 1 ? agencies : [];
  const field = (id: string, label: SafeHtml, hint: SafeHtml, more: { spellcheck?: false; maxLength: number }) =>
    textInput({ id, label, hint, value: typed[id] ?? '', autocomplete: 'off', ...more, ...errorOf(errors, id) });
  return html`${
    only
      ? html`<input type="hidden" name="agencyId" value="${only.id}"><p class="govuk-body">${t`Agency: <strong>${only.name}</strong>`}</p>`
      : select({
          id: 'agencyId',
          label: t`Agency`,
          value: typed['agencyId'] ?? '',
          options: [
            { value: '', text: t`Choose an agency` },
            ...agencies.map(({ id, name }) => ({ value: id, text: name })),
          ],
          ...errorOf(errors, 'agencyId'),
        })
  }
${field('givenName', t`Given names`, t`All that shall stand in certificates, with macrons. Leave it empty for somebody with one name only.`, { maxLength: 64 })}
${field('surname', t`Surname, or the only name`, t`With macrons, as the person writes it.`, { maxLength: 64 })}
${field('displayName', t`Name as it is shown, if it is another`, t`Given names and surname if you leave it empty.`, { maxLength: 64 })}
${field('email', t`Work mail address`, only ? t`It ends in ${only.domains.join(', ')}. The code for making keys is sent there.` : t`Of a domain of the agency. The code for making keys is sent there.`, { spellcheck: false, maxLength: 254 })}
${field('externalId', t`Number of the person at the agency, if there is one`, t`The employee number by which a HR system names them. It is in no certificate.`, { spellcheck: false, maxLength: 64 })}
${
  asksNamesake &&
  checkboxes({
    name: 'namesake',
    legend: t`Is it somebody else?`,
    options: [{ value: 'yes', text: t`Yes: I have looked, and this is another person` }],
    values: typed['namesake'] === 'yes' ? ['yes'] : [],
    ...errorOf(errors, 'namesake'),
  })
}`;
}

function alike(people: readonly AlikePerson[]): SafeHtml {
  return insetText(
    html`<p class="govuk-body">${t`There already:`}</p><ul class="govuk-list">${people.map(({ id, name, email, agency }) => html`<li><a class="govuk-link" href="/console/people/${id}">${name}</a><br><span class="see-muted see-break">${email && html`${email}, `}${agency}</span></li>`)}</ul>`,
  );
}
