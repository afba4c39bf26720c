import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { counted, dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { roleName } from './role-names.ts';

export interface OperatorLine {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly {
    readonly role: string;
    readonly since: Date;
    readonly reviewedAt: Date | null;
    readonly dueAt: Date;
    readonly state: 'current' | 'due' | 'locked';
  }[];
  /** Registered approval keys: in a file, or in an authenticator. */
  readonly keys: readonly { readonly id: string; readonly kind: 'file' | 'passkey' }[];
  readonly sessions: number;
}

/** Who has which duty since when, by which keys, and who is signed in. */
export function operatorsPage(
  view: View,
  reader: ConsoleReader,
  facts: { readonly operators: readonly OperatorLine[]; readonly waiting: number },
): string {
  const { operators, waiting } = facts;
  return consolePage(view, reader, {
    title: t`Operators and roles`,
    place: 'reviews',
    content: html`<h1 class="govuk-heading-l">${t`Operators and roles`}</h1>
<p class="govuk-body">${t`Roles and approval keys are given and taken by statements that two administrators sign.`} ${waiting > 0 ? html`<a class="govuk-link" href="/console/statements">${counted(waiting, t`1 statement waits for signatures.`, t`${waiting} statements wait for signatures.`)}</a>` : t`No statement waits for signatures.`}</p>
<p class="govuk-body"><a class="govuk-link" href="/console/access-reviews">${t`Access reviews`}</a></p>
${table({
  caption: t`Operators and roles`,
  hideCaption: true,
  head: [t`Who`, t`Roles`, t`Approval keys`, t`Signed in`],
  rows: operators.map((one) => [
    html`${one.name}<br><span class="see-muted see-serial">${one.personId}</span>`,
    one.roles.map(roleWords),
    keyWords(one.keys),
    html`<a class="govuk-link" href="/console/sessions?of=all">${counted(one.sessions, t`1 session`, t`${one.sessions} sessions`)}</a>`,
  ]),
  empty: t`Nobody has a staff role.`,
})}`,
  });
}

function roleWords({ role, since, reviewedAt, dueAt, state }: OperatorLine['roles'][number]): SafeHtml {
  const review = reviewedAt === null ? t`never reviewed` : t`reviewed ${dayText(reviewedAt)}`;
  return html`<p class="govuk-body-s"><strong>${roleName(role)}</strong> ${state !== 'current' && tag(state === 'due' ? t`Review due` : t`Locked`, state === 'due' ? 'orange' : 'red')}<br>${t`since ${dayText(since)}`}, ${review}, ${t`due ${dayText(dueAt)}`}</p>`;
}

function keyWords(keys: OperatorLine['keys']): HtmlValue {
  if (keys.length === 0) return t`none`;
  return keys.map(
    ({ id, kind }, index) =>
      html`${index > 0 && html`<br>`}${kind === 'file' ? t`Key file` : t`Passkey`} <span class="see-serial see-muted">${id.slice(0, 12)}…</span>`,
  );
}
