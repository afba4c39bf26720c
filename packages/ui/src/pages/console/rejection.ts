import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { errorOf, type FieldError } from '../../components/error-summary.ts';
import { radios } from '../../components/radios.ts';
import { textArea } from '../../components/text-area.ts';
import type { ConsoleReader } from '../../layout/console-page.ts';

/** Why orders are rejected, by the name that the form sends. The English text is what stays on record. */
export const REJECTION_REASONS: Readonly<Record<string, SafeHtml>> = {
  unknown: t`The agency does not confirm this person, gateway or server`,
  wrong: t`A name or an address is wrong`,
  twice: t`It was ordered twice`,
  evidence: t`Evidence is missing or does not fit`,
  key: t`The key is not acceptable, or was used for something else`,
  unwanted: t`The certificate is not needed any more`,
  other: t`Something else, in my own words`,
};

export interface RejectionForm {
  readonly orderId: string;
  /** What was chosen and typed, when the page is drawn again. */
  readonly cause?: string | undefined;
  readonly words?: string | undefined;
  readonly errors: readonly FieldError[];
}

/** The form that rejects an order: a reason from the list, own words, or both. */
export function rejection(reader: ConsoleReader, { orderId, cause, words, errors }: RejectionForm): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Reject`}</h2>
<form method="post" action="/console/orders/${orderId}/reject" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${radios({
  name: 'cause',
  legend: t`Why?`,
  hint: t`Those who ordered read this. It cannot be undone; they make a new order.`,
  options: Object.entries(REJECTION_REASONS).map(([value, text]) => ({ value, text })),
  small: true,
  ...(cause === undefined ? {} : { value: cause }),
  ...errorOf(errors, 'cause'),
})}
${textArea({ id: 'reason', label: t`More about it`, rows: 3, ...(words === undefined ? {} : { value: words }), ...errorOf(errors, 'reason') })}
${submitButton({ text: t`Reject the order`, look: 'warning' })}
</form>`;
}
