import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { submitButton } from '../../components/button.ts';
import { details } from '../../components/notice.ts';
import { select } from '../../components/select.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import type { ConsoleReader } from '../../layout/console-page.ts';

export interface HoldsFacts {
  readonly kinds: readonly string[];
  readonly holds: readonly {
    readonly id: string;
    readonly kind: string | null;
    readonly reason: string;
    readonly placedBy: string;
    readonly placedAt: Date;
    readonly lifted: { readonly at: Date; readonly reason: string } | null;
  }[];
  readonly disposals: readonly {
    readonly id: string;
    readonly kind: string;
    readonly cutOff: Date;
    readonly authorityRef: string;
    readonly proposedBy: string;
    readonly approvedBy: readonly string[];
    readonly done: { readonly records: number; readonly at: Date } | null;
    readonly mayApprove: boolean;
  }[];
  readonly mayPlace: boolean;
  readonly mayLift: boolean;
  readonly mayPropose: boolean;
}

const KINDS: Readonly<Record<string, SafeHtml>> = {
  mails: t`Mails that have ended`,
  'import-rows': t`Rows of finished imports`,
};

/** Legal holds and disposals, and what the reader may do about them. */
export function holdsSection(reader: ConsoleReader, facts: HoldsFacts): SafeHtml {
  return html`${table({
    caption: t`Legal holds`,
    head: [t`What is held`, t`Why`, t`Placed`, t`State`],
    rows: facts.holds.map((hold) => [
      hold.kind === null ? t`Everything` : kindText(hold.kind),
      hold.reason,
      html`${dayText(hold.placedAt)}<br><span class="see-muted">${t`by ${hold.placedBy}`}</span>`,
      hold.lifted
        ? html`${tag(t`Lifted`, 'grey')} ${dayText(hold.lifted.at)}<br>${hold.lifted.reason}`
        : html`${tag(t`In force`, 'orange')}${facts.mayLift && reasonForm(reader, `/console/records/holds/${hold.id}/lift`, t`Lift it`, hold.id)}`,
    ]),
    empty: t`Nothing is held.`,
  })}
${facts.mayPlace && placeForm(reader, facts)}
${table({
  caption: t`Disposals`,
  head: [t`What`, t`Ended before`, t`Authority`, t`State`],
  rows: facts.disposals.map((disposal) => [
    kindText(disposal.kind),
    dayText(disposal.cutOff),
    html`${disposal.authorityRef}<br><span class="see-muted">${t`by ${disposal.proposedBy}`}</span>`,
    html`${disposalState(disposal)}${disposal.mayApprove && approveForm(reader, disposal.id)}`,
  ]),
  empty: t`Nothing was disposed of.`,
})}
${facts.mayPropose && proposeForm(reader, facts)}`;
}

function kindText(kind: string): HtmlValue {
  return KINDS[kind] ?? kind;
}

function disposalState({ done, approvedBy }: HoldsFacts['disposals'][number]): SafeHtml {
  if (done) return html`${tag(t`Carried out`, 'green')} ${dayText(done.at)}<br>${t`${done.records} records`}`;
  return html`${tag(t`Waits for approval`, 'orange')}${approvedBy.length > 0 && html`<br><span class="see-muted">${t`approved by ${approvedBy.join(', ')}`}</span>`}`;
}

function kindOptions(kinds: readonly string[]): { value: string; text: HtmlValue }[] {
  return kinds.map((kind) => ({ value: kind, text: kindText(kind) }));
}

function token(reader: ConsoleReader): SafeHtml {
  return html`<input type="hidden" name="formToken" value="${reader.formToken}">`;
}

function reasonForm(reader: ConsoleReader, action: string, text: SafeHtml, id: string): SafeHtml {
  return details(
    text,
    html`<form method="post" action="${action}">${token(reader)}${textInput({ id: `reason-${id}`, name: 'reason', label: t`Why`, maxLength: 500 })}${submitButton({ text, look: 'secondary' })}</form>`,
  );
}

function placeForm(reader: ConsoleReader, { kinds }: HoldsFacts): SafeHtml {
  return details(
    t`Place a hold`,
    html`<form method="post" action="/console/records/holds">${token(reader)}
${select({ id: 'hold-kind', name: 'kind', label: t`What is held`, options: [{ value: '', text: t`Everything` }, ...kindOptions(kinds)] })}
${textInput({ id: 'hold-reason', name: 'reason', label: t`Why`, maxLength: 500 })}
${submitButton({ text: t`Place the hold`, look: 'secondary' })}</form>`,
  );
}

function proposeForm(reader: ConsoleReader, { kinds }: HoldsFacts): SafeHtml {
  return details(
    t`Propose a disposal`,
    html`<form method="post" action="/console/records/disposals">${token(reader)}
${select({ id: 'disposal-kind', name: 'kind', label: t`What`, options: kindOptions(kinds) })}
${textInput({ id: 'cutOff', label: t`Ended before this day, at least two years ago`, type: 'date', inputClass: 'govuk-input--width-10' })}
${textInput({ id: 'authorityRef', label: t`Authority under which it is disposed of`, maxLength: 200 })}
${submitButton({ text: t`Propose it`, look: 'secondary' })}</form>`,
  );
}

function approveForm(reader: ConsoleReader, id: string): SafeHtml {
  return html`<form method="post" action="/console/records/disposals/${id}/approve">${token(reader)}${submitButton({ text: t`Approve`, look: 'warning' })}</form>`;
}
