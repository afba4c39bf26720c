import { html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { details } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import type { ConsoleReader } from '../../layout/console-page.ts';
import { actionText, LIFE_EVENT_WORDS } from './life-events.ts';
import type { EventLine, PersonFacts } from './person-page.ts';

/** What was declared of a person, what it did, and the form to call off what is still to come. */
export function eventsSection(reader: ConsoleReader, facts: PersonFacts): SafeHtml {
  return html`<section id="events">${table({
    caption: t`Life events`,
    head: [t`What`, t`Takes effect`, t`Declared`, t`State`],
    rows: facts.events.map((event) => [
      html`${LIFE_EVENT_WORDS[event.kind].title}${event.note && html`<br><span class="see-muted">${event.note}</span>`}`,
      momentHtml(event.effectiveAt),
      html`${dayText(event.declaredAt)}<br><span class="see-muted">${t`by ${event.declaredBy}`}</span>`,
      html`${state(event)}${facts.may.callOff && event.state === 'planned' && callingOff(reader, facts.id, event)}`,
    ]),
    empty: t`Nothing was declared.`,
  })}</section>`;
}

function state({ state: name, reason, actions }: EventLine): SafeHtml {
  if (name === 'planned') return tag(t`Planned`, 'orange');
  if (name === 'called-off') return html`${tag(t`Called off`, 'grey')}${reason && html`<br>${reason}`}`;
  return html`${tag(t`Carried out`, 'green')}${
    actions.length > 0 &&
    html`<ul class="govuk-list see-list-tight">${actions.map((action) => html`<li><a class="govuk-link" href="/console/certificates/${action.sha256}">${action.profile}</a>: ${actionText(action, true)}</li>`)}</ul>`
  }`;
}

function callingOff(reader: ConsoleReader, person: string, { id, kind }: EventLine): SafeHtml {
  return details(
    t`Call it off`,
    html`<form method="post" action="/console/people/${person}/events/${id}/call-off">
<input type="hidden" name="formToken" value="${reader.formToken}">
${textInput({ id: `why-${id}`, name: 'reason', label: t`Why`, maxLength: 500 })}
${submitButton({ text: t`Call it off`, look: 'warning', more: LIFE_EVENT_WORDS[kind].title })}</form>`,
  );
}
