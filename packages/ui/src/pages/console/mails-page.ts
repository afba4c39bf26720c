import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { successBanner } from '../../components/notice.ts';
import { pagination } from '../../components/pagination.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { MAIL_STATE_NAMES, mailKindText, mailStateTag } from '../mail-words.ts';

export interface MailLine {
  readonly id: string;
  readonly template: string;
  readonly recipient: string;
  readonly agency: string;
  readonly orderId: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly mayRetry: boolean;
}

export interface MailsFacts {
  readonly state: string;
  readonly recipient: string;
  readonly mails: readonly MailLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  readonly done: boolean;
  readonly errors: readonly FieldError[];
}

/** The outbox: what mails are about and what became of them; what they say is kept nowhere. */
export function mailsPage(view: View, reader: ConsoleReader, facts: MailsFacts): string {
  return consolePage(view, reader, {
    title: t`Mail`,
    place: 'people',
    beforeContent: backLink(t`People`, '/console/people'),
    content: html`${facts.done && successBanner(t`The mail is tried again.`)}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Mail`}</h1>
<p class="govuk-body">${t`What each mail is about, and what became of it. What it says is kept nowhere.`}</p>
<form class="see-filters" method="get" action="/console/mails">
${select({
  id: 'state',
  label: t`State`,
  value: facts.state,
  options: [{ value: 'all', text: t`All` }, ...MAIL_STATE_NAMES.map(([value, text]) => ({ value, text }))],
})}
${textInput({ id: 'recipient', label: t`Whole mail address`, value: facts.recipient, type: 'search', spellcheck: false })}
${submitButton({ text: t`Show`, look: 'secondary' })}
</form>
${table({
  caption: t`Mail`,
  hideCaption: true,
  head: [t`About`, t`To`, t`Agency`, t`Made`, t`State`],
  rows: facts.mails.map((mail) => [
    about(mail),
    mail.recipient,
    mail.agency,
    momentHtml(mail.createdAt),
    state(reader, mail),
  ]),
  empty: facts.state === 'failed' ? t`No mail was given up.` : t`There is no such mail.`,
})}
${pagination(facts.first, facts.next)}`,
  });
}

function about({ template, orderId }: MailLine): HtmlValue {
  const words = mailKindText(template);
  return orderId === null ? words : html`<a class="govuk-link" href="/console/orders/${orderId}">${words}</a>`;
}

function state(reader: ConsoleReader, { id, state: name, attempts, reason, mayRetry, recipient }: MailLine): SafeHtml {
  return html`${mailStateTag(name)}${reason && html`<br><span class="see-muted" lang="en-NZ">${reason}</span>`}${attempts > 1 && html`<br><span class="see-muted">${t`${attempts} tries`}</span>`}${mayRetry && html`<form method="post" action="/console/mails/${id}/retry"><input type="hidden" name="formToken" value="${reader.formToken}">${submitButton({ text: t`Try again`, look: 'secondary', more: recipient })}</form>`}`;
}
