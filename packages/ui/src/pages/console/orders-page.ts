import { html, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { distanceText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type AgencyOption, agencySelect, csvLink } from './list-parts.ts';
import { ORDER_STATE_NAMES, orderTag } from './states.ts';

export interface OrderLine {
  readonly id: string;
  readonly subject: string;
  readonly agency: string;
  readonly profiles: readonly string[];
  readonly state: string;
  readonly approvals: number;
  readonly quorum: number;
  /** Why it needs more approvals than its profiles ask for, in words. */
  readonly risks: readonly string[];
  readonly createdAt: Date;
}

export interface OrdersFacts {
  readonly now: Date;
  readonly state: string;
  readonly search: string;
  readonly risk: string;
  readonly agency: string;
  /** Undefined for those who see one agency only. */
  readonly agencies: readonly AgencyOption[] | undefined;
  readonly orders: readonly OrderLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  readonly csv: string;
}

/** The queue: orders of a state, with what is needed to choose the next one. */
export function ordersPage(view: View, reader: ConsoleReader, facts: OrdersFacts): string {
  return consolePage(view, reader, {
    title: t`Orders`,
    place: 'orders',
    content: html`<h1 class="govuk-heading-l">${t`Orders`}</h1>
<p class="govuk-body"><a class="govuk-link" href="/console/batches">${t`Approve many orders at once`}</a></p>
<form class="see-filters" method="get" action="/console/orders">
${select({
  id: 'state',
  label: t`State`,
  value: facts.state,
  options: [{ value: 'all', text: t`All` }, ...ORDER_STATE_NAMES.map(([value, text]) => ({ value, text }))],
})}
${select({
  id: 'risk',
  label: t`Risk`,
  value: facts.risk,
  options: [
    { value: 'all', text: t`With and without` },
    { value: 'true', text: t`Needs a second approval` },
    { value: 'false', text: t`Without` },
  ],
})}
${facts.agencies && agencySelect(facts.agencies, facts.agency)}
${textInput({ id: 'q', label: t`Start of the name, whole address, reference or key hash`, value: facts.search, type: 'search', spellcheck: false })}
${submitButton({ text: t`Show`, look: 'secondary' })}
</form>
${table({
  caption: t`Orders`,
  hideCaption: true,
  head: [t`For`, t`Agency`, t`Profiles`, t`State`, t`Approvals`, t`Made`],
  rows: facts.orders.map((order) => [
    html`<a class="govuk-link" href="/console/orders/${order.id}">${order.subject}</a><br><span class="see-muted see-serial">${order.id.slice(0, 8)}</span>`,
    order.agency,
    order.profiles.join(', '),
    html`${orderTag(order.state)}${order.risks.length > 0 && html` <span title="${order.risks.join('; ')}">${tag(t`Risk`, 'orange')}</span>`}`,
    t`${order.approvals} of ${order.quorum}`,
    html`<time datetime="${order.createdAt.toISOString()}">${distanceText(order.createdAt, facts.now)}</time>`,
  ]),
  empty: facts.state === 'pending' ? t`Nothing waits for approval.` : t`There is no such order.`,
})}
${pagination(facts.first, facts.next)}
${facts.orders.length > 0 && csvLink(facts.csv)}`,
  });
}
