import { submitButton } from '../../components/button.ts';
import { errorSummary } from '../../components/error-summary.ts';
import { details, successBanner } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { html, type SafeHtml } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

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
  said: { readonly done?: string | undefined; readonly error?: string } = {},
): string {
  return consolePage(view, reader, {
    title: 'Access reviews',
    place: 'reviews',
    content: html`${said.done && successBanner(said.done)}${errorSummary(said.error === undefined ? [] : [{ text: said.error }])}
<h1 class="govuk-heading-l">Access reviews</h1>
<p class="govuk-body">Every staff role is looked at again within 90 days, by an administrator who is somebody else. An operator whom nobody reviews is locked 30 days later. What is no longer needed is not confirmed but removed, by two administrators: <code class="see-serial">see statement propose role-remove</code></p>
${table({
  caption: 'Access reviews',
  hideCaption: true,
  head: ['Who', 'Role', 'State', 'Last looked at', 'Due', 'Confirm'],
  rows: lines.map((line) => [
    html`${line.name}<br><span class="see-muted see-serial">${line.personId}</span>`,
    line.role.replaceAll('-', ' '),
    stateTag(line),
    html`${dayText(line.since)}${!line.reviewed && html`<br><span class="see-muted">granted</span>`}`,
    html`${dayText(line.dueAt)}${line.locksAt && html`<br><span class="see-muted">locked from ${dayText(line.locksAt)}</span>`}`,
    line.mayConfirm ? confirmForm(reader, line) : '',
  ]),
  empty: 'Nobody has a staff role.',
})}`,
  });
}

function stateTag({ state }: ReviewLine): SafeHtml {
  if (state === 'current') return tag('Current', 'green');
  return state === 'due' ? tag('Due', 'orange') : tag('Locked', 'red');
}

function confirmForm(reader: ConsoleReader, { personId, name, role }: ReviewLine): SafeHtml {
  return details(
    'Still needed',
    html`<form method="post" action="/console/access-reviews">
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="personId" value="${personId}"><input type="hidden" name="role" value="${role}">
${textInput({ id: `note-${role}-${personId}`, name: 'note', label: 'Why, in a few words', maxLength: 500 })}
${submitButton({ text: 'Confirm', look: 'secondary', more: `the role ${role} of ${name}` })}</form>`,
  );
}
