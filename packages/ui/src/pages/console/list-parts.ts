import { html, type SafeHtml, t } from '@see/language';
import { select } from '../../components/select.ts';

export interface AgencyOption {
  readonly id: string;
  readonly name: string;
}

/** The filter by agency. */
export function agencySelect(agencies: readonly AgencyOption[], value: string): SafeHtml {
  return select({
    id: 'agency',
    label: t`Agency`,
    value,
    options: [{ value: '', text: t`All` }, ...agencies.map(({ id, name }) => ({ value: id, text: name }))],
  });
}

/** The list as it is filtered, as a file. */
export function csvLink(href: string): SafeHtml {
  return html`<p class="govuk-body see-no-print"><a class="govuk-link" href="${href}" download>${t`Download this list as CSV`}</a> <span class="see-muted">${t`10,000 rows at most; narrow the list by its filters.`}</span></p>`;
}
