import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { errorOf, type FieldError } from '../../components/error-summary.ts';
import { details } from '../../components/notice.ts';
import { textInput } from '../../components/text-input.ts';
import type { ConsoleReader } from '../../layout/console-page.ts';

/** What those do to an order who made it. */
export interface OrderPartyFacts {
  readonly id: string;
  /** The order is a renewal whose sponsor has not agreed: the reader is that sponsor, or an operator who has their word. */
  readonly agree: 'sponsor' | 'operator' | undefined;
  readonly mayWithdraw: boolean;
  readonly errors: readonly FieldError[];
}

/** The forms of the parties of an order: agree to a renewal, withdraw what is no longer wanted. */
export function partyForms(reader: ConsoleReader, { id, agree, mayWithdraw, errors }: OrderPartyFacts): SafeHtml {
  const token = html`<input type="hidden" name="formToken" value="${reader.formToken}">`;
  const withdrawal = html`<form method="post" action="/console/orders/${id}/withdraw" novalidate>${token}
${textInput({ id: 'withdraw-reason', name: 'reason', label: t`Why`, hint: t`It stays with the order. It cannot be undone; order again when it is wanted after all.`, maxLength: 500, ...errorOf(errors, 'withdraw-reason') })}
${submitButton({ text: t`Withdraw the order`, look: 'warning' })}</form>`;
  return html`${
    agree &&
    html`<h2 class="govuk-heading-m">${t`Agree to this renewal`}</h2>
<p class="govuk-body">${t`The holder of the certificate asked for it. Nobody approves it before its sponsor agrees.`}</p>
<form method="post" action="/console/orders/${id}/agree" novalidate>${token}
${agree === 'operator' && textInput({ id: 'note', label: t`How you have the sponsor’s word`, hint: t`Like the reference of a letter. You do not approve the order then.`, maxLength: 400, ...errorOf(errors, 'note') })}
${submitButton({ text: agree === 'sponsor' ? t`Agree to the renewal` : t`Record that the sponsor agrees` })}</form>`
  }${mayWithdraw && (errors.some(({ field }) => field === 'withdraw-reason') ? withdrawal : details(t`Withdraw this order`, withdrawal))}`;
}
