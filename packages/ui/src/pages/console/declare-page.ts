import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { warningText } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { actionText, type EventAction, LIFE_EVENT_WORDS, type LifeEventName } from './life-events.ts';

export interface DeclareFacts {
  readonly person: { readonly id: string; readonly name: string };
  /** What the reader may declare. */
  readonly kinds: readonly LifeEventName[];
  /** What was chosen; undefined on the first page. */
  readonly kind: LifeEventName | undefined;
  /** Agencies to move to. */
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Readonly<Record<string, string>>;
  /** What would happen, once it was asked for. */
  readonly preview:
    | { readonly effectiveAt: Date; readonly atOnce: boolean; readonly actions: readonly EventAction[] }
    | undefined;
  readonly errors: readonly FieldError[];
}

/** Declares what happened to a person: first what it is, then its days and names, then exactly what will be done, then done. */
export function declarePage(view: View, reader: ConsoleReader, facts: DeclareFacts): string {
  const { person, kind } = facts;
  const back = `/console/people/${person.id}${kind ? '/declare' : ''}`;
  return consolePage(view, reader, {
    title: kind ? LIFE_EVENT_WORDS[kind].title : t`What has changed?`,
    place: 'people',
    beforeContent: backLink(kind ? t`What has changed?` : person.name, back),
    content: html`<div class="see-narrow">${errorSummary(facts.errors)}${body(reader, facts)}</div>`,
  });
}

function body(reader: ConsoleReader, facts: DeclareFacts): SafeHtml {
  if (!facts.kind) return choice(facts);
  return facts.preview ? preview(reader, facts.kind, facts, facts.preview) : form(reader, facts.kind, facts);
}

function choice({ person, kinds }: DeclareFacts): SafeHtml {
  return html`<h1 class="govuk-heading-l">${t`What has changed for ${person.name}?`}</h1>
<form method="get" action="/console/people/${person.id}/declare">
${radios({
  name: 'kind',
  legend: t`Choose what fits best`,
  small: true,
  options: kinds.map((kind) => ({
    value: kind,
    text: LIFE_EVENT_WORDS[kind].title,
    hint: LIFE_EVENT_WORDS[kind].hint,
  })),
})}
${submitButton({ text: t`Continue` })}
</form>
<p class="govuk-body">${t`Nothing happens before you have seen what will be done.`}</p>`;
}

const PAST: readonly LifeEventName[] = ['death', 'lost-key'];
const LATER: readonly LifeEventName[] = ['leaver', 'mover', 'name-change', 'death'];

function form(reader: ConsoleReader, kind: LifeEventName, { person, typed, errors, agencies }: DeclareFacts): SafeHtml {
  const field = (id: string, label: SafeHtml, more: { hint?: SafeHtml; type?: 'date' } = {}): SafeHtml =>
    textInput({
      id,
      label,
      value: typed[id] ?? '',
      ...more,
      ...(more.type ? { inputClass: 'govuk-input--width-10' } : {}),
      ...errorOf(errors, id),
    });
  return html`<h1 class="govuk-heading-l">${person.name}: ${LIFE_EVENT_WORDS[kind].title}</h1>
<p class="govuk-body">${LIFE_EVENT_WORDS[kind].hint}</p>
<form method="post" action="/console/people/${person.id}/declare" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="step" value="preview">
${LATER.includes(kind) && field('effectiveOn', t`Day on which it takes effect`, { type: 'date', hint: kind === 'name-change' ? t`In 30 days if you leave it empty.` : t`At once if you leave it empty.` })}
${PAST.includes(kind) && field('happenedOn', t`Day on which it happened, if it is known`, { type: 'date' })}
${
  kind === 'mover' &&
  html`${select({ id: 'toAgencyId', label: t`Agency to which they move`, value: typed['toAgencyId'] ?? '', options: agencies.map(({ id, name }) => ({ value: id, text: name })) })}${field('email', t`Mail address there`)}`
}
${
  kind === 'name-change' &&
  html`${field('givenName', t`New given name`)}${field('surname', t`New surname`)}${field('displayName', t`New display name`, { hint: t`Given name and surname if you leave it empty.` })}${field('email', t`New mail address, if it changes`)}`
}
${field('note', t`Note, if one is needed`)}
${submitButton({ text: t`Show what will happen` })}
</form>`;
}

function preview(
  reader: ConsoleReader,
  kind: LifeEventName,
  { person, typed }: DeclareFacts,
  { effectiveAt, atOnce, actions }: NonNullable<DeclareFacts['preview']>,
): SafeHtml {
  const cannot = actions.filter(({ because }) => because === 'two-operators');
  return html`<h1 class="govuk-heading-l">${t`This will happen`}</h1>
<p class="govuk-body">${person.name}: ${LIFE_EVENT_WORDS[kind].title}. ${atOnce ? t`It takes effect at once.` : t`It takes effect on ${momentHtml(effectiveAt)}. Until then it can be called off.`}</p>
${table({
  caption: t`Certificates`,
  head: [t`Profile`, t`Serial number`, t`What is done`],
  rows: actions.map((action) => [
    action.profile,
    html`<span class="see-serial">${action.serial}</span>`,
    actionText(action, false),
  ]),
  empty: t`This person has no certificate that it is about.`,
})}
<p class="govuk-body">${LIFE_EVENT_WORDS[kind].hint}</p>
${cannot.length > 0 && warningText(t`Some certificates are revoked by two operators only: see cert revoke.`)}
${atOnce && actions.some(({ action }) => action === 'revoke') && warningText(t`What is revoked stays revoked.`)}
<form method="post" action="/console/people/${person.id}/declare">
<input type="hidden" name="formToken" value="${reader.formToken}">
${Object.entries(typed).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="govuk-button-group">${submitButton({ text: t`Declare it`, look: 'warning', name: 'step', value: 'declare' })}
${submitButton({ text: t`Change something`, look: 'secondary', name: 'step', value: 'change' })}</div>
</form>`;
}
