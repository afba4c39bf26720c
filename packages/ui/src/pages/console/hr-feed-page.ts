import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, successBanner } from '../../components/notice.ts';
import { pagination } from '../../components/pagination.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type HrFeedLine, hrFeedTag, hrReportKinds, hrReportWaits } from './hr-feeds-page.ts';
import { webhookSettings } from './new-hr-feed-page.ts';

export interface HrFeedFacts extends HrFeedLine {
  readonly keyId: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly revoked: { readonly at: Date; readonly by: string } | undefined;
  /** What it told, the newest first. */
  readonly reports: readonly {
    readonly personId: string;
    readonly person: string;
    readonly kind: HrFeedReportKind;
    readonly state: 'declared' | 'waiting' | 'confirmed' | 'dismissed';
    readonly waitsFor: string | null;
    readonly reason: string | null;
    readonly receivedAt: Date;
    readonly effectiveAt: Date | null;
  }[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  readonly mayRevoke: boolean;
  readonly mayCreate: boolean;
  readonly done: 'registered' | 'revoked' | undefined;
  readonly errors: readonly FieldError[];
}

type HrFeedReportKind = 'leaver' | 'mover' | 'name-change';

/** A feed: what it may, what it told, and how it ends. */
export function hrFeedPage(view: View, reader: ConsoleReader, facts: HrFeedFacts): string {
  const { id, name, done } = facts;
  return consolePage(view, reader, {
    title: name,
    place: 'agencies',
    beforeContent: backLink(t`HR feeds`, '/console/hr-feeds'),
    content: html`${done && successBanner(done === 'revoked' ? t`The feed is revoked. Nothing that it tells is taken any more.` : t`The feed is registered.`)}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l see-break">${name}</h1>
<p class="govuk-body">${hrFeedTag(facts.state)}</p>
${summaryList(
  [
    { key: t`Agency`, value: facts.agency },
    { key: t`Kind`, value: facts.kind === 'scim' ? 'SCIM 2.0' : t`Signed webhook` },
    { key: t`People a day`, value: facts.dailyCap },
    { key: t`Ends`, value: dayText(facts.expiresAt) },
    { key: t`Registered`, value: html`${momentHtml(facts.createdAt)} ${t`by ${facts.createdBy}`}` },
    {
      key: t`Revoked`,
      value: facts.revoked && html`${momentHtml(facts.revoked.at)} ${t`by ${facts.revoked.by}`}`,
    },
    { key: t`Reference`, value: html`<span class="see-serial">${id}</span>` },
  ],
  'see-dense',
)}
${facts.keyId !== null && facts.state === 'in-force' && html`<h2 class="govuk-heading-m">${t`Settings of the HR system`}</h2>${webhookSettings(view, facts.keyId)}`}
${reports(facts)}
${pagination(facts.first, facts.next)}
${facts.mayRevoke && facts.state !== 'revoked' && ending(reader, facts)}`,
  });
}

function reports({ reports: all }: HrFeedFacts): SafeHtml {
  return table({
    caption: t`What it told`,
    head: [t`Told`, t`Who`, t`What`, t`Takes effect`, t`State`],
    rows: all.map((report) => [
      momentHtml(report.receivedAt),
      html`<a class="govuk-link" href="/console/people/${report.personId}">${report.person}</a>`,
      hrReportKinds[report.kind],
      report.effectiveAt ? momentHtml(report.effectiveAt) : t`at once`,
      stateOf(report),
    ]),
    empty: t`It has told nothing yet.`,
  });
}

function stateOf({ state, waitsFor, reason }: HrFeedFacts['reports'][number]): HtmlValue {
  if (state === 'waiting')
    return html`${tag(t`Waits for somebody`, 'orange')}<br><span class="see-muted">${hrReportWaits[waitsFor ?? ''] ?? waitsFor}</span><br><a class="govuk-link" href="/console/hr-feeds">${t`Decide`}</a>`;
  if (state === 'dismissed') return html`${tag(t`Dismissed`, 'grey')}<br>${reason}`;
  return state === 'confirmed' ? tag(t`Confirmed`, 'green') : tag(t`Declared`, 'green');
}

function ending(reader: ConsoleReader, { id, mayCreate, errors }: HrFeedFacts): SafeHtml {
  const form = html`<form method="post" action="/console/hr-feeds/${id}/revoke" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
<ul class="govuk-list govuk-list--bullet"><li>${t`From that moment nothing that it tells is taken.`}</li><li>${t`What it had declared for a day to come stays: call it off on the page of the person where it is wrong.`}</li><li>${t`It cannot be undone. Register a new feed instead.`}</li></ul>
${textInput({ id: 'reason', label: t`Why`, maxLength: 500, ...errorOf(errors, 'reason') })}
${submitButton({ text: t`Revoke the feed`, look: 'warning' })}</form>`;
  return html`<h2 class="govuk-heading-m">${t`A new token or key, and the end`}</h2>
<p class="govuk-body">${t`Nothing of a feed is changed. To replace its token or key: register another feed, enter that one in the HR system, then revoke this one. A token or key that may be in other hands: revoke first.`}</p>
${mayCreate && linkButton(t`Register another feed`, `/console/hr-feeds/new?like=${id}`, 'secondary')}
${errors.length > 0 ? form : details(t`Revoke the feed`, form)}`;
}
