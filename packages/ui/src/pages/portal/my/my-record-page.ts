import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../../components/back-link.ts';
import { linkButton } from '../../../components/button.ts';
import { details, insetText } from '../../../components/notice.ts';
import { type SummaryRow, summaryList } from '../../../components/summary-list.ts';
import { table } from '../../../components/table.ts';
import { tag } from '../../../components/tag.ts';
import { dayText, momentHtml } from '../../../components/time.ts';
import { portalPage } from '../../../layout/portal-page.ts';
import type { View } from '../../../view.ts';
import { evidenceText } from '../../console/evidence-words.ts';
import { orderTag } from '../../console/states.ts';
import { mailKindText, mailStateTag } from '../../mail-words.ts';
import { signInMethodText } from '../../sign-in-words.ts';
import { actText } from './act-words.ts';

/** What is held about a person, as they see it. */
export interface OwnRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly agency: string | undefined;
  readonly number: string | undefined;
  readonly since: Date;
  readonly verifiedAt: Date;
  readonly nextReviewAt: Date;
  readonly mailbox: { readonly flaggedSince: Date | undefined; readonly provedAt: Date | undefined };
  readonly evidence: readonly {
    readonly kind: string;
    readonly issuer: string;
    readonly seenOn: string;
    readonly withdrawn: boolean;
  }[];
  readonly orders: readonly { readonly reference: string; readonly at: Date; readonly state: string }[];
  readonly mails: readonly { readonly kind: string; readonly at: Date; readonly state: string }[];
  readonly signIns: readonly { readonly at: Date; readonly method: string; readonly address: string }[];
  readonly acts: readonly {
    readonly at: Date;
    readonly kind: string;
    readonly refused: boolean;
    readonly address: string;
  }[];
  /** The file is not ready yet: the log signs it within seconds. */
  readonly sealing: boolean;
}

/** What we hold about the reader, with the whole of it as a file. */
export function myRecordPage(view: View, record: OwnRecord): string {
  return portalPage(view, {
    title: t`What we hold about you`,
    place: 'my',
    home: view.urls.portal,
    beforeContent: backLink(t`My certificates`, '/my'),
    content: html`<h1 class="govuk-heading-xl">${t`What we hold about you`}</h1>
<div class="see-lead">
${record.sealing && insetText(html`<p class="govuk-body" role="status">${t`The file is being sealed by the log. Press the button again in a few seconds.`}</p>`)}
<p class="govuk-body-l">${t`We never have your private keys for signing and signing in, your passphrases or your codes. Numbers of documents are not kept.`}</p>
${summaryList(recordRows(record))}
<p class="govuk-body">${t`Something is wrong? Tell your agency's registration agent or service desk: they correct the record.`}</p>
${linkButton(t`Download all of it as a file`, '/my/record/file', 'secondary')}
${details(t`What is in the file`, html`<p class="govuk-body">${t`Everything on this page in full, with your certificates, as JSON, and a proof that it is what the log has. It can be checked without us: <code class="see-lines">see audit verify-bundle FILE</code>. That you took it is in the log.`}</p>`)}
</div>
${lists(record)}`,
  });
}

function recordRows(record: OwnRecord): SummaryRow[] {
  const { mailbox } = record;
  return [
    { key: t`Name`, value: record.name },
    { key: t`E-mail`, value: record.email && html`<span class="see-lines">${record.email}</span>` },
    { key: t`Agency`, value: record.agency },
    { key: t`Number at the agency`, value: record.number },
    { key: t`Number with us`, value: html`<span class="see-serial">${record.id}</span>` },
    { key: t`In the registry since`, value: dayText(record.since) },
    { key: t`Last confirmed`, value: dayText(record.verifiedAt) },
    { key: t`To be confirmed again by`, value: dayText(record.nextReviewAt) },
    { key: t`Your mailbox was proved`, value: mailbox.provedAt && dayText(mailbox.provedAt) },
    { key: t`Mail to it comes back since`, value: mailbox.flaggedSince && dayText(mailbox.flaggedSince) },
  ];
}

function lists({ evidence, orders, mails, signIns, acts }: OwnRecord): SafeHtml {
  return html`${table({
    caption: t`What was seen to know that it is you`,
    head: [t`What`, t`By whom issued`, t`Seen on`, t`State`],
    rows: evidence.map(({ kind, issuer, seenOn, withdrawn }) => [
      evidenceText(kind),
      issuer || '–',
      dayText(new Date(`${seenOn}T12:00:00Z`)),
      withdrawn ? t`Withdrawn` : t`Counts`,
    ]),
    empty: t`No documents about you were recorded.`,
  })}
${table({
  caption: t`Orders for you`,
  head: [t`Reference`, t`When`, t`State`],
  rows: orders.map(({ reference, at, state }) => [
    html`<span class="see-serial">${reference}</span>`,
    momentHtml(at),
    orderTag(state),
  ]),
  empty: t`Nothing was ordered for you.`,
})}
${table({
  caption: t`Mails to you`,
  head: [t`Kind`, t`When`, t`State`],
  rows: mails.map(({ kind, at, state }) => [mailKindText(kind), momentHtml(at), mailStateTag(state)]),
  empty: t`No mail was sent to you.`,
})}
${table({
  caption: t`Your sign-ins to the console`,
  head: [t`When`, t`How`, t`From where`],
  rows: signIns.map(({ at, method, address }) => [
    momentHtml(at),
    signInMethodText(method),
    html`<span class="see-serial">${address}</span>`,
  ]),
  empty: t`You have not signed in to the console.`,
})}
${table({
  caption: t`What you did here`,
  head: [t`When`, t`What`, t`From where`],
  rows: acts.map(({ at, kind, refused, address }) => [
    momentHtml(at),
    html`${actText(kind)}${refused && html` ${tag(t`Refused`, 'red')}`}`,
    html`<span class="see-serial">${address}</span>`,
  ]),
  empty: t`Nothing that you did here is recorded.`,
})}`;
}
