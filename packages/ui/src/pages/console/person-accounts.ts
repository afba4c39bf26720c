import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { details } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import type { ConsoleReader } from '../../layout/console-page.ts';

/** An account at the OpenID provider of the site by which a person signs in. */
export interface AccountLine {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface AccountFacts {
  readonly id: string;
  readonly accounts: readonly AccountLine[];
  readonly mayAdd: boolean;
  readonly mayRemove: boolean;
  /** Whether the reader may make a link by which the person registers a passkey. */
  readonly mayLink: boolean;
}

/** The accounts by which a person signs in here, for administrators and auditors. */
export function accountsSection(
  reader: ConsoleReader,
  { id, accounts, mayAdd, mayRemove, mayLink }: AccountFacts,
): SafeHtml {
  const token = html`<input type="hidden" name="formToken" value="${reader.formToken}">`;
  return html`<section id="accounts">${table({
    caption: t`Accounts for signing in`,
    head: [t`Account`, t`Added`, t`Last used`, t`Remove`],
    rows: accounts.map((account) => [
      html`<span class="see-serial">${account.subject}</span><br><span class="see-muted see-break">${account.issuer}</span>`,
      dayText(account.createdAt),
      account.lastUsedAt ? dayText(account.lastUsedAt) : t`never`,
      mayRemove
        ? html`<form method="post" action="/console/people/${id}/accounts/${account.id}/remove">${token}${submitButton({ text: t`Remove`, look: 'secondary', more: account.subject })}</form>`
        : '–',
    ]),
    empty: t`No account of the site’s provider is recorded for signing in.`,
  })}${
    mayAdd &&
    details(
      t`Add an account`,
      html`<form method="post" action="/console/people/${id}/accounts" novalidate>${token}
${textInput({ id: 'subject', label: t`What the provider calls the account (sub)`, hint: t`Whoever signs in with it signs in as this person. The page of a refused sign-in says it.`, maxLength: 255, spellcheck: false })}
${submitButton({ text: t`Add the account` })}</form>`,
    )
  }${
    mayLink &&
    html`<p class="govuk-body">${t`To sign in with a passkey, the person opens a link that you give them.`}</p><form method="post" action="/console/people/${id}/passkey-link">${token}${submitButton({ text: t`Make a link for a passkey`, look: 'secondary' })}</form>`
  }</section>`;
}
