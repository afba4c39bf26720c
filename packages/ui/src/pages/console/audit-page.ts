import { submitButton } from '../../components/button.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { momentHtml } from '../../components/time.ts';
import { html, type SafeHtml } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface AuditLine {
  readonly id: number;
  readonly at: Date;
  readonly login: string;
  readonly kind: string;
  readonly outcome: string;
  readonly actor: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly detail: string;
}

export interface AuditFacts {
  readonly kind: string;
  readonly object: string;
  readonly events: readonly AuditLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
}

const KINDS: readonly (readonly [string, string])[] = [
  ['', 'Everything'],
  ['access.', 'Access'],
  ['agency.', 'Agencies'],
  ['certificate.', 'Certificates'],
  ['code.', 'Codes'],
  ['crl.', 'Revocation lists'],
  ['csr.', 'Requests (CSR)'],
  ['delivery.', 'Deliveries'],
  ['order.', 'Orders'],
  ['person.', 'People'],
  ['redemption.', 'Redemptions'],
  ['revocation.', 'Revocations'],
  ['statement.', 'Statements'],
];

/** What an event is about, with a link where there is a page for it. Long ids are cut; the link and the API have them whole. */
function objectHtml({ objectType, objectId }: AuditLine): SafeHtml {
  const shown = objectId.length > 40 ? `${objectId.slice(0, 16)}…` : objectId;
  const place = PLACES[objectType];
  if (!place?.form.test(objectId)) return html`${objectType} <span class="see-serial">${shown}</span>`;
  return html`${objectType} <a class="govuk-link see-serial" href="${place.path}/${objectId}">${shown}</a>`;
}

const PLACES: Readonly<Record<string, { readonly path: string; readonly form: RegExp }>> = {
  order: { path: '/console/orders', form: /^[0-9a-f-]{36}$/ },
  certificate: { path: '/console/certificates', form: /^[0-9a-f]{64}$/ },
  agency: { path: '/console/agencies', form: /^[a-z0-9-]+$/ },
};

/** The audit trail, the newest first. Whether it is whole is proved by `see audit verify`, not by a page. */
export function auditPage(view: View, reader: ConsoleReader, facts: AuditFacts): string {
  return consolePage(view, reader, {
    title: 'Audit',
    place: 'audit',
    content: html`<h1 class="govuk-heading-l">Audit trail</h1>
<p class="govuk-body">Whether nothing is missing or changed is proved by <code class="see-serial">see audit verify</code>.</p>
<form class="see-filters" method="get" action="/console/audit">
${select({ id: 'kind', label: 'About', value: facts.kind, options: KINDS.map(([value, text]) => ({ value, text })) })}
${textInput({ id: 'object', label: 'Order, certificate or person', value: facts.object, type: 'search', spellcheck: false })}
${submitButton({ text: 'Show', look: 'secondary' })}
</form>
${table({
  caption: 'Audit events',
  hideCaption: true,
  head: ['Number', 'When', 'What', 'Who', 'Object', 'More'],
  rows: facts.events.map((event) => [
    event.id,
    momentHtml(event.at),
    html`${event.kind}${event.outcome === 'failure' && html`<br>${tag('Refused', 'red')}`}`,
    html`${event.actor}<br><span class="see-muted">${event.login}</span>`,
    objectHtml(event),
    html`<span class="see-serial">${event.detail}</span>`,
  ]),
  empty: 'There is no such event.',
})}
${pagination(facts.first, facts.next)}`,
  });
}
