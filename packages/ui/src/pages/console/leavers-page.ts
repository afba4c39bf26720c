import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText, successBanner, warningText } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { textArea } from '../../components/text-area.ts';
import { textInput } from '../../components/text-input.ts';
import { counted, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { actionText, type EventAction } from './life-events.ts';

export interface LeaversFacts {
  readonly text: string;
  readonly effectiveOn: string;
  readonly note: string;
  readonly preview:
    | {
        readonly people: readonly {
          readonly id: string;
          readonly name: string;
          readonly actions: readonly EventAction[];
        }[];
        readonly effectiveAt: Date;
        readonly atOnce: boolean;
        readonly needsStatement: boolean;
      }
    | undefined;
  /** How many were declared just now. */
  readonly done: number | undefined;
  readonly errors: readonly FieldError[];
}

/** Takes a list of people who leave, shows what will happen to each, and declares all of them or nobody. */
export function leaversPage(view: View, reader: ConsoleReader, facts: LeaversFacts): string {
  const { done, errors } = facts;
  return consolePage(view, reader, {
    title: t`People who leave`,
    place: 'people',
    beforeContent: backLink(t`People`, '/console/people'),
    content: html`${done !== undefined && successBanner(counted(done, t`One person is declared.`, t`${done} people are declared.`))}${errorSummary(errors)}
<h1 class="govuk-heading-l">${t`People who leave`}</h1>
${facts.preview ? preview(reader, facts, facts.preview) : form(reader, facts)}`,
  });
}

function form(reader: ConsoleReader, { text, effectiveOn, note, errors }: LeaversFacts): SafeHtml {
  return html`<div class="see-narrow"><p class="govuk-body">${t`Paste up to 200 mail addresses or person ids, one on each line. You see what will happen to each person before anything is done; then all are declared, or nobody.`}</p>
<form method="post" action="/console/leavers" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="step" value="preview">
${textArea({ id: 'people', label: t`Mail addresses or person ids`, value: text, rows: 10, ...errorOf(errors, 'people') })}
${textInput({ id: 'effectiveOn', label: t`Day on which they leave`, hint: t`At once if you leave it empty.`, type: 'date', inputClass: 'govuk-input--width-10', value: effectiveOn, ...errorOf(errors, 'effectiveOn') })}
${textInput({ id: 'note', label: t`Note, if one is needed`, value: note, maxLength: 500 })}
${submitButton({ text: t`Show what will happen` })}
</form></div>`;
}

function preview(
  reader: ConsoleReader,
  { text, effectiveOn, note }: LeaversFacts,
  { people, effectiveAt, atOnce, needsStatement }: NonNullable<LeaversFacts['preview']>,
): SafeHtml {
  const acts = people.flatMap(({ actions }) => actions).filter(({ action }) => action !== 'none').length;
  return html`<h2 class="govuk-heading-m">${t`This will happen`}</h2>
<p class="govuk-body">${counted(people.length, t`One person leaves`, t`${people.length} people leave`)}; ${counted(acts, t`one certificate ends.`, t`${acts} certificates end.`)} ${atOnce ? t`It takes effect at once.` : t`It takes effect on ${momentHtml(effectiveAt)}. Until then it can be called off.`}</p>
${table({
  caption: t`People who leave`,
  hideCaption: true,
  head: [t`Name`, t`Certificates`],
  rows: people.map(({ id, name, actions }) => [
    html`<a class="govuk-link" href="/console/people/${id}">${name}</a>`,
    actions.length === 0
      ? t`none`
      : html`<ul class="govuk-list see-list-tight">${actions.map((action) => html`<li>${action.profile}: ${actionText(action, false)}</li>`)}</ul>`,
  ]),
  empty: '',
})}
${needsStatement && insetText(t`This is more than one person may revoke in an hour. Two operators sign it first: <span class="see-serial">see person leavers FILE --key KEY1 KEY2</span>`)}
${atOnce && acts > 0 && warningText(t`What is revoked stays revoked.`)}
<form method="post" action="/console/leavers">
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="step" value="declare">
<input type="hidden" name="people" value="${text}"><input type="hidden" name="effectiveOn" value="${effectiveOn}"><input type="hidden" name="note" value="${note}">
${submitButton({ text: t`Declare all of them`, look: 'warning' })}
</form>
<p class="govuk-body"><a class="govuk-link" href="/console/leavers">${t`Start again`}</a></p>`;
}
