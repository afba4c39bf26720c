import { submitButton } from '../../components/button.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { distanceText } from '../../components/time.ts';
import { html } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
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
  readonly orders: readonly OrderLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
}

/** The queue: orders of a state, with what is needed to choose the next one. */
export function ordersPage(view: View, reader: ConsoleReader, facts: OrdersFacts): string {
  return consolePage(view, reader, {
    title: 'Orders',
    place: 'orders',
    content: html`<h1 class="govuk-heading-l">Orders</h1>
<p class="govuk-body"><a class="govuk-link" href="/console/batches">Approve many orders at once</a></p>
<form class="see-filters" method="get" action="/console/orders">
${select({
  id: 'state',
  label: 'State',
  value: facts.state,
  options: [{ value: 'all', text: 'All' }, ...ORDER_STATE_NAMES.map(([value, text]) => ({ value, text }))],
})}
${select({
  id: 'risk',
  label: 'Risk',
  value: facts.risk,
  options: [
    { value: 'all', text: 'With and without' },
    { value: 'true', text: 'Needs a second approval' },
    { value: 'false', text: 'Without' },
  ],
})}
${textInput({ id: 'q', label: 'Name or address starts with', value: facts.search, type: 'search', spellcheck: false })}
${submitButton({ text: 'Show', look: 'secondary' })}
</form>
${table({
  caption: 'Orders',
  hideCaption: true,
  head: ['For', 'Agency', 'Profiles', 'State', 'Approvals', 'Made'],
  rows: facts.orders.map((order) => [
    html`<a class="govuk-link" href="/console/orders/${order.id}">${order.subject}</a>`,
    order.agency,
    order.profiles.join(', '),
    html`${orderTag(order.state)}${order.risks.length > 0 && html` <span title="${order.risks.join('; ')}">${tag('Risk', 'orange')}</span>`}`,
    `${order.approvals} of ${order.quorum}`,
    html`<time datetime="${order.createdAt.toISOString()}">${distanceText(order.createdAt, facts.now)}</time>`,
  ]),
  empty: facts.state === 'pending' ? 'Nothing waits for approval.' : 'There is no such order.',
})}
${pagination(facts.first, facts.next)}`,
  });
}
