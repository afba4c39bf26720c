import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { english } from '../../components/english.ts';
import { errorSummary } from '../../components/error-summary.ts';
import { details, successBanner } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { roleName } from './role-names.ts';

export interface ReviewLine {
  readonly personId: string;
  readonly name: string;
  readonly role: string;
  readonly state: 'current' | 'due' | 'locked';
  readonly since: Date;
  readonly reviewed: boolean;
  readonly dueAt: Date;
  readonly locksAt: Date | null;
  /** Administrators may, but not for themselves. */
  readonly mayConfirm: boolean;
}

/** Who has which staff role, and when each is due for review. */
export function reviewsPage(
  view: View,
  reader: ConsoleReader,
  lines: readonly ReviewLine[],
  said: { readonly done?: HtmlValue; readonly error?: string } = {},
): string {
  return consolePage(view, reader, {
    title: t`Access reviews`,
    place: 'reviews',
    content: html`${said.done && successBanner(said.done)}${errorSummary(said.error === undefined ? [] : [{ text: english(said.error) }])}
<h1 class="govuk-heading-l">${t`Access reviews`}</h1>
<p class="govuk-body"><a class="govuk-link" href="/console/operators">${t`Operators and roles`}</a></p>
<p class="govuk-body">${t`Every staff role is looked at again within 90 days, by an administrator who is somebody else. An operator whom nobody reviews is locked 30 days later. What is no longer needed is not confirmed but removed, by two administrators:`} <code class="see-serial">see statement propose role-remove</code></p>
${table({
  caption: t`Access reviews`,
  hideCaption: true,
  head: [t`Who`, t`Role`, t`State`, t`Last looked at`, t`Due`, t`Confirm`],
  rows: lines.map((line) => [
    html`${line.name}<br><span class="see-muted see-serial">${line.personId}</span>`,
    roleName(line.role),
    stateTag(line),
    html`${dayText(line.since)}${!line.reviewed && html`<br><span class="see-muted">${t`granted`}</span>`}`,
    html`${dayText(line.dueAt)}${line.locksAt && html`<br><span class="see-muted">${t`locked from ${dayText(line.locksAt)}`}</span>`}`,
    line.mayConfirm ? confirmForm(reader, line) : '',
  ]),
  empty: t`Nobody has a staff role.`,
})}`,
  });
}

function stateTag({ state }: ReviewLine): SafeHtml {
  if (state === 'current') return tag(t`Current`, 'green');
  return state === 'due' ? tag(t`Due`, 'orange') : tag(t`Locked`, 'red');
}

function confirmForm(reader: ConsoleReader, { personId, name, role }: ReviewLine): SafeHtml {
  return details(
    t`Still needed`,
    html`<form method="post" action="/console/access-reviews">
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="personId" value="${personId}"><input type="hidden" name="role" value="${role}">
${textInput({ id: `note-${role}-${personId}`, name: 'note', label: t`Why, in a few words`, maxLength: 500 })}
${submitButton({ text: t`Confirm`, look: 'secondary', more: t`the role ${roleName(role)} of ${name}` })}</form>`,
  );
}
