import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { counted, distanceText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { orderTag } from './states.ts';

export interface BatchLine {
  readonly id: string;
  readonly agency: string;
  readonly count: number;
  readonly states: Readonly<Record<string, number>>;
  readonly createdAt: Date;
}

export interface BatchesFacts {
  readonly now: Date;
  readonly batches: readonly BatchLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  /** Agencies with orders that can be put together; undefined for those who may not. */
  readonly agencies: readonly { readonly id: string; readonly name: string }[] | undefined;
  readonly errors: readonly FieldError[];
}

/** Batches of orders, and the form that puts a new one together. */
export function batchesPage(view: View, reader: ConsoleReader, facts: BatchesFacts): string {
  return consolePage(view, reader, {
    title: t`Batches of orders`,
    place: 'orders',
    content: html`${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Batches of orders`}</h1>
<p class="govuk-body">${t`Orders of one agency that are not on the dual list can be approved together, by one signature over all of them. Those with a risk wait for a second person who signs the same batch.`}</p>
${table({
  caption: t`Batches`,
  hideCaption: true,
  head: [t`Orders`, t`Agency`, t`Now`, t`Made`],
  rows: facts.batches.map((batch) => [
    html`<a class="govuk-link" href="/console/batches/${batch.id}">${counted(batch.count, t`1 order`, t`${batch.count} orders`)}</a>`,
    batch.agency,
    batchStates(batch.states),
    html`<time datetime="${batch.createdAt.toISOString()}">${distanceText(batch.createdAt, facts.now)}</time>`,
  ]),
  empty: t`No batch was made yet.`,
})}
${pagination(facts.first, facts.next)}
${facts.agencies && creation(facts.agencies, reader)}`,
  });
}

/** How many orders are in which state. */
export function batchStates(states: Readonly<Record<string, number>>): SafeHtml[] {
  return Object.entries(states).map(([state, count]) => html`<span>${count} ${orderTag(state)}</span> `);
}

function creation(
  agencies: readonly { readonly id: string; readonly name: string }[],
  reader: ConsoleReader,
): SafeHtml {
  if (agencies.length === 0)
    return html`<p class="govuk-body">${t`No order waits that could be approved in a batch.`}</p>`;
  return html`<h2 class="govuk-heading-m">${t`Make a batch`}</h2>
<form method="post" action="/console/batches" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${select({ id: 'agency', label: t`All orders that wait and are not on the dual list, of`, value: agencies[0]?.id ?? '', options: agencies.map(({ id, name }) => ({ value: id, text: name })) })}
${submitButton({ text: t`Make the batch` })}
</form>`;
}
