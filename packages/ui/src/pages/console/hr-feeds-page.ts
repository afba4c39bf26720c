import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { linkButton, submitButton } from '../../components/button.ts';
import { errorSummary } from '../../components/error-summary.ts';
import { details, successBanner } from '../../components/notice.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/** Something that a feed told and that waits for a person. */
export interface HrReportLine {
  readonly id: number;
  readonly person: string;
  readonly personId: string;
  readonly agency: string;
  readonly kind: 'leaver' | 'mover' | 'name-change';
  readonly waitsFor: string;
  readonly effectiveAt: Date | null;
  readonly receivedAt: Date;
  readonly detail: Readonly<Record<string, string>>;
  readonly mayConfirm: boolean;
  readonly mayDismiss: boolean;
}

export interface HrFeedLine {
  readonly name: string;
  readonly agency: string;
  readonly kind: string;
  readonly dailyCap: number;
  readonly state: 'in-force' | 'revoked' | 'expired';
  readonly expiresAt: Date;
  readonly id: string;
  /** When it told something last. */
  readonly lastAt: Date | undefined;
}

/** What a feed can tell. */
export const hrReportKinds = { leaver: t`Leaves`, mover: t`Moves`, 'name-change': t`Has another name` } as const;
/** What a report says beside whom it is about, by the members of the API. */
const DETAILS: Readonly<Record<string, SafeHtml>> = {
  surname: t`Surname`,
  givenName: t`Given name`,
  displayName: t`Display name`,
  email: t`E-mail`,
  toAgencyId: t`New agency`,
};
/** Why what it told waits for somebody. */
export const hrReportWaits: Readonly<Record<string, SafeHtml>> = {
  evidence: t`needs evidence`,
  'daily-cap': t`beyond what the feed may have declared in a day`,
  'revocation-cap': t`beyond what one hour allows to be revoked`,
};

/** The state of a feed in a word. */
export function hrFeedTag(state: HrFeedLine['state']): SafeHtml {
  if (state === 'in-force') return tag(t`In force`, 'green');
  return tag(state === 'revoked' ? t`Revoked` : t`Expired`, 'grey');
}

/** What HR systems told and nobody has declared yet, and the feeds themselves. */
export function hrFeedsPage(
  view: View,
  reader: ConsoleReader,
  facts: {
    readonly waiting: readonly HrReportLine[];
    readonly more: boolean;
    readonly feeds: readonly HrFeedLine[];
    readonly mayCreate: boolean;
  },
  said: { readonly done?: HtmlValue; readonly error?: HtmlValue } = {},
): string {
  return consolePage(view, reader, {
    title: t`HR feeds`,
    place: 'agencies',
    content: html`${said.done && successBanner(said.done)}${errorSummary(said.error === undefined ? [] : [{ text: said.error }])}
<h1 class="govuk-heading-l">${t`HR feeds`}</h1>
<h2 class="govuk-heading-m">${t`What waits for a person`}</h2>
<p class="govuk-body">${t`Confirming declares it in your name, with everything that follows for the person’s certificates.`}</p>
${table({
  caption: t`What waits for a person`,
  hideCaption: true,
  head: [t`Who`, t`What`, t`Takes effect`, t`Told`, t`Decide`],
  rows: facts.waiting.map((line) => [
    html`<a class="govuk-link" href="/console/people/${line.personId}">${line.person}</a><br><span class="see-muted see-serial">${line.personId}</span><br>${line.agency}`,
    html`${hrReportKinds[line.kind]}${Object.entries(line.detail).map(([name, value]) => html`<br>${DETAILS[name] ?? name}: ${value}`)}<br><span class="see-muted">${hrReportWaits[line.waitsFor] ?? line.waitsFor}</span>`,
    line.effectiveAt ? momentHtml(line.effectiveAt) : t`at once`,
    momentHtml(line.receivedAt),
    html`${line.mayConfirm && confirmForm(reader, line)}${line.mayDismiss && dismissForm(reader, line)}`,
  ]),
  empty: t`Nothing.`,
})}
${facts.more && html`<p class="govuk-body">${t`There is more: it is shown here when some of this is decided.`}</p>`}
<h2 class="govuk-heading-m">${t`Feeds`}</h2>
${facts.mayCreate && linkButton(t`Register a feed`, '/console/hr-feeds/new')}
${table({
  caption: t`Feeds`,
  hideCaption: true,
  head: [t`Name`, t`Agency`, t`Kind`, t`People a day`, t`Told last`, t`State`, t`Until`],
  rows: facts.feeds.map((feed) => [
    html`<a class="govuk-link" href="/console/hr-feeds/${feed.id}">${feed.name}</a>`,
    feed.agency,
    feed.kind === 'scim' ? 'SCIM 2.0' : t`Signed webhook`,
    feed.dailyCap,
    feed.lastAt ? momentHtml(feed.lastAt) : t`nothing yet`,
    hrFeedTag(feed.state),
    dayText(feed.expiresAt),
  ]),
  empty: t`There is no feed.`,
})}
<p class="govuk-body">${t`A key or token may be in other hands? Open the feed and revoke it, at once.`}</p>`,
  });
}

function confirmForm(reader: ConsoleReader, { id, person }: HrReportLine): SafeHtml {
  return html`<form method="post" action="/console/hr-feeds">
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="report" value="${id}"><input type="hidden" name="decision" value="confirm"><input type="hidden" name="reason" value="">
${submitButton({ text: t`Confirm`, look: 'secondary', more: t`what was told of ${person}` })}</form>`;
}

function dismissForm(reader: ConsoleReader, { id, person }: HrReportLine): SafeHtml {
  return details(
    t`Dismiss`,
    html`<form method="post" action="/console/hr-feeds">
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="report" value="${id}"><input type="hidden" name="decision" value="dismiss">
${textInput({ id: `reason-${id}`, name: 'reason', label: t`Why`, maxLength: 500 })}
${submitButton({ text: t`Dismiss`, look: 'secondary', more: t`what was told of ${person}` })}</form>`,
  );
}
