import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { fingerprint } from '../../components/command.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, successBanner } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { textArea } from '../../components/text-area.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type CatalogueLine, daysText, standingTag } from './catalogue-page.ts';

export interface ServiceFacts extends CatalogueLine {
  readonly observation: {
    readonly seenAt: Date;
    readonly issuer: string | null;
    readonly sha256: string | null;
    readonly fault: string | null;
  } | null;
  /** Our newest certificate for its host. */
  readonly certificate: string | null;
  readonly showsOurs: boolean | null;
  readonly reviews: readonly { readonly reviewedOn: Date; readonly note: string; readonly by: string }[];
  readonly findings: readonly {
    readonly id: number;
    readonly text: string;
    readonly owner: string;
    readonly dueOn: Date;
    readonly late: boolean;
    readonly closed: { readonly at: Date; readonly by: string; readonly note: string } | null;
  }[];
  readonly mayReview: boolean;
  readonly mayAddFinding: boolean;
  readonly mayCloseFinding: boolean;
  readonly mayRemove: boolean;
  readonly today: string;
  readonly done: HtmlValue;
  readonly errors: readonly FieldError[];
}

/** One entry of the catalogue, and what can be done about it. */
export function servicePage(view: View, reader: ConsoleReader, facts: ServiceFacts): string {
  return consolePage(view, reader, {
    title: facts.name,
    place: 'services',
    beforeContent: backLink(t`Service catalogue`, '/console/services'),
    content: html`${facts.done && successBanner(facts.done)}${errorSummary(facts.errors)}<h1 class="govuk-heading-l">${facts.name}</h1>
<div class="see-columns"><div>
${summaryList(
  [
    { key: t`Address`, value: html`<a class="govuk-link see-lines" href="${facts.url}">${facts.url}</a>` },
    { key: t`Agency that owns it`, value: facts.agencyName },
    { key: t`What is it?`, value: facts.kind === 'site' ? t`A web site` : t`A service` },
    { key: t`Risk`, value: facts.highRisk ? tag(t`High`, 'orange') : t`Not high` },
    { key: t`Content review`, value: html`${standingTag(facts.standing)} ${dayText(facts.nextReviewAt)}` },
    { key: t`Certificate`, value: daysText(facts) },
    { key: t`What the site shows`, value: observed(facts.observation) },
    {
      key: t`Our certificate for it`,
      value: facts.certificate
        ? html`<a class="govuk-link" href="/console/certificates/${facts.certificate}">${t`Show it`}</a>${facts.showsOurs === false && html`<br>${tag(t`The site shows another one`, 'orange')}`}`
        : t`none`,
    },
  ],
  'see-dense',
)}
${findings(facts, reader)}
${reviews(facts)}
</div><div>
${facts.mayReview && reviewForm(facts, reader)}
${facts.mayAddFinding && findingForm(facts, reader)}
${facts.mayRemove && removal(facts, reader)}
</div></div>`,
  });
}

function observed(seen: ServiceFacts['observation']): HtmlValue {
  if (!seen) return t`Nothing was looked at yet; it takes up to ten minutes.`;
  if (seen.fault !== null)
    return html`${t`Not seen at ${momentHtml(seen.seenAt)}:`} <span lang="en-NZ">${seen.fault}</span>`;
  return html`${t`Issued by ${seen.issuer}, seen at ${momentHtml(seen.seenAt)}`}<br>${fingerprint(seen.sha256 ?? '')}`;
}

function formHead(facts: ServiceFacts, reader: ConsoleReader, act: string): SafeHtml {
  return html`<form method="post" action="/console/services/${facts.id}/${act}" novalidate><input type="hidden" name="formToken" value="${reader.formToken}">`;
}

function reviewForm(facts: ServiceFacts, reader: ConsoleReader): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`The content was reviewed`}</h2>
${formHead(facts, reader, 'review')}
${textInput({ id: 'reviewedOn', label: t`Day`, type: 'date', value: facts.today, ...errorOf(facts.errors, 'reviewedOn') })}
${textArea({ id: 'note', label: t`What was found, in a few words`, rows: 2, ...errorOf(facts.errors, 'note') })}
${submitButton({ text: t`Record the review`, look: 'secondary' })}
</form>`;
}

function findingForm(facts: ServiceFacts, reader: ConsoleReader): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`A finding of an audit`}</h2>
${formHead(facts, reader, 'finding')}
${textArea({ id: 'text', label: t`What is wrong`, rows: 2, ...errorOf(facts.errors, 'text') })}
${textInput({ id: 'owner', label: t`Who sees to it`, maxLength: 120, ...errorOf(facts.errors, 'owner') })}
${textInput({ id: 'dueOn', label: t`Until when`, type: 'date', ...errorOf(facts.errors, 'dueOn') })}
${submitButton({ text: t`Record the finding`, look: 'secondary' })}
</form>`;
}

function removal(facts: ServiceFacts, reader: ConsoleReader): SafeHtml {
  return details(
    t`It no longer exists`,
    html`<p class="govuk-body">${t`The entry leaves the catalogue. Its reviews and findings stay on record.`}</p>
${formHead(facts, reader, 'remove')}${submitButton({ text: t`Take it out of the catalogue`, look: 'warning' })}</form>`,
  );
}

function findings(facts: ServiceFacts, reader: ConsoleReader): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Findings`}</h2>${table({
    caption: t`Findings`,
    hideCaption: true,
    head: [t`What is wrong`, t`Who sees to it`, t`Until when`, t`State`],
    rows: facts.findings.map((finding) => [
      finding.text,
      finding.owner,
      html`${dayText(finding.dueOn)} ${finding.late && tag(t`Late`, 'red')}`,
      finding.closed
        ? html`${tag(t`Closed`, 'green')} ${finding.closed.note}<br><span class="see-muted">${finding.closed.by}, ${dayText(finding.closed.at)}</span>`
        : html`${tag(t`Open`, 'orange')}${facts.mayCloseFinding && closeForm(facts, reader, finding)}`,
    ]),
    empty: t`There are none.`,
  })}`;
}

function closeForm(facts: ServiceFacts, reader: ConsoleReader, { id, text }: ServiceFacts['findings'][number]) {
  return html`${formHead(facts, reader, 'close-finding')}<input type="hidden" name="finding" value="${id}">
${textInput({ id: `closing-${id}`, name: 'closing', label: t`What was done`, ...errorOf(facts.errors, `closing-${id}`) })}
${submitButton({ text: t`Close`, more: text, look: 'secondary' })}
</form>`;
}

function reviews(facts: ServiceFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Reviews of the content`}</h2>${table({
    caption: t`Reviews of the content`,
    hideCaption: true,
    head: [t`Day`, t`What was found`, t`By`],
    rows: facts.reviews.map(({ reviewedOn, note, by }) => [dayText(reviewedOn), note, by]),
    empty: t`Nobody has reviewed it yet.`,
  })}`;
}
