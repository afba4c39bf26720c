import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { details, successBanner } from '../../components/notice.ts';
import { pagination } from '../../components/pagination.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { signInMethodText } from '../sign-in-words.ts';
import { roleAt, roleName } from './role-names.ts';

export interface SessionLine {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly agency: string | undefined;
  readonly method: 'token' | 'passkey' | 'certificate' | 'oidc';
  readonly means: string;
  readonly address: string | undefined;
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
  /** The session of the one who reads. */
  readonly current: boolean;
  readonly mayEnd: boolean;
}

export interface PasskeyLine {
  readonly id: string;
  readonly label: string;
  readonly algorithm: string;
  readonly synced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
}

export interface LockLine {
  /** An address, or the kind and hash of a credential. */
  readonly subject: string;
  readonly failures: number;
  readonly until: Date;
}

export interface SessionsFacts {
  /** What was just done, in words. */
  readonly done: HtmlValue;
  /** Whether the sessions of everybody are shown, and may be. */
  readonly all: boolean;
  readonly mayAll: boolean;
  readonly sessions: readonly SessionLine[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  /** The reader's own passkeys for signing in. */
  readonly passkeys: readonly PasskeyLine[];
  /** What is locked after failures; undefined for those who may not see it. */
  readonly locks: readonly LockLine[] | undefined;
}

/** Who is signed in, with a button that ends each session, and the reader's own passkeys. */
export function sessionsPage(view: View, reader: ConsoleReader, facts: SessionsFacts): string {
  return consolePage(view, reader, {
    title: facts.all ? t`Everybody’s sessions` : t`Your sessions`,
    content: html`${facts.done && successBanner(facts.done)}
<h1 class="govuk-heading-l">${facts.all ? t`Everybody’s sessions` : t`Your sessions`}</h1>
${facts.mayAll && html`<p class="govuk-body">${facts.all ? html`<a class="govuk-link" href="/console/sessions">${t`Only mine`}</a>` : html`<a class="govuk-link" href="/console/sessions?of=all">${t`Those of everybody`}</a>`}</p>`}
${table({
  caption: t`Sessions`,
  hideCaption: true,
  head: [...(facts.all ? [t`Who`] : []), t`As`, t`Made with`, t`From`, t`Since`, t`Last used`, t`End`],
  rows: facts.sessions.map((session) => sessionRow(reader, facts, session)),
  empty: t`Nobody is signed in.`,
})}
${pagination(facts.first, facts.next)}
${facts.locks && lockTable(facts.locks)}
<h2 class="govuk-heading-m">${t`Your passkeys for signing in`}</h2>
<p class="govuk-body">${t`A passkey that is removed opens nothing any more, and the sessions made with it end. They approve nothing: keys for approvals are registered by two administrators.`}</p>
${table({
  caption: t`Your passkeys for signing in`,
  hideCaption: true,
  head: [t`Name`, t`Kind`, t`Registered`, t`Last used`, t`Change`],
  rows: facts.passkeys.map((passkey) => passkeyRow(reader, passkey)),
  empty: t`You have none. An administrator makes a link for you, on your page under People.`,
})}`,
  });
}

function sessionRow(reader: ConsoleReader, facts: SessionsFacts, session: SessionLine): readonly HtmlValue[] {
  const { name, role, agency, method, means, address, startedAt, lastUsedAt } = session;
  return [
    ...(facts.all ? [name] : []),
    roleAt(role, agency),
    html`${signInMethodText(method)}<br><span class="see-muted">${means}</span>`,
    address === undefined ? t`unknown` : html`<span class="see-serial">${address}</span>`,
    momentHtml(startedAt),
    session.current ? tag(t`This one`, 'green') : momentHtml(lastUsedAt),
    session.mayEnd
      ? html`<form method="post" action="/console/sessions/${session.id}/end">${formToken(reader)}${submitButton({ text: t`End`, look: 'secondary', more: t`the session of ${name}, ${roleName(role)}` })}</form>`
      : '',
  ];
}

function passkeyRow(reader: ConsoleReader, passkey: PasskeyLine): readonly HtmlValue[] {
  const path = `/console/passkeys/${passkey.id}`;
  return [
    passkey.label,
    html`${passkey.algorithm}${passkey.synced && html`<br><span class="see-muted">${t`copied between devices`}</span>`}`,
    momentHtml(passkey.createdAt),
    passkey.lastUsedAt ? momentHtml(passkey.lastUsedAt) : t`never`,
    html`${details(
      t`Rename or remove`,
      html`<form method="post" action="${path}/rename">${formToken(reader)}
${textInput({ id: `label-${passkey.id}`, name: 'label', label: t`Name`, value: passkey.label, maxLength: 100 })}
${submitButton({ text: t`Rename`, look: 'secondary' })}</form>
<form method="post" action="${path}/remove">${formToken(reader)}${submitButton({ text: t`Remove`, look: 'warning' })}</form>`,
    )}`,
  ];
}

function lockTable(locks: readonly LockLine[]): SafeHtml {
  return table({
    caption: t`Locked after failures`,
    head: [t`What`, t`Failures`, t`Until`],
    rows: locks.map(({ subject, failures, until }) => [
      html`<span class="see-serial">${subject.length > 40 ? `${subject.slice(0, 24)}…` : subject}</span>`,
      failures,
      momentHtml(until),
    ]),
    empty: t`Nothing is locked after failures.`,
  });
}

function formToken(reader: ConsoleReader): SafeHtml {
  return html`<input type="hidden" name="formToken" value="${reader.formToken}">`;
}
