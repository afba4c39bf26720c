import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { command, fingerprint } from '../../components/command.ts';
import { english } from '../../components/english.ts';
import { insetText, warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { counted, distanceText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

/** A proof of the audit log: how far it is, or what it found. */
export interface VerificationFacts {
  readonly id: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** Entries of the log when it was started. */
  readonly entries: number;
  readonly verified: number;
  readonly seenAt: Date;
  readonly finishedAt: Date | null;
  /** It goes on; without a report and not going on, it stopped with its process. */
  readonly running: boolean;
  readonly report: {
    readonly ok: boolean;
    readonly entries: number;
    readonly checkpoints: number;
    readonly uncovered: number;
    readonly unsequenced: number;
    readonly root: string;
    readonly break?: { readonly seq: number; readonly code: string; readonly message: string };
  } | null;
}

/** The page of a proof. It can be left and come back to: the proof goes on by itself. */
export function auditVerificationPage(view: View, reader: ConsoleReader, facts: VerificationFacts, now: Date): string {
  return consolePage(view, reader, {
    title: t`Proof of the audit log`,
    place: 'audit',
    scripts: facts.running ? ['follow.js'] : [],
    beforeContent: backLink(t`Audit`, '/console/audit'),
    content: html`<div class="see-narrow"><h1 class="govuk-heading-l">${t`Proof of the audit log`}</h1>
<p class="govuk-body">${t`Started by ${facts.startedBy}, ${momentHtml(facts.startedAt)}.`}</p>
<div${facts.running && html` data-follow="/console/audit/verifications/${facts.id}/progress"`}>${state(facts, now)}</div>
<h2 class="govuk-heading-m">${t`What it does not prove`}</h2>
<p class="govuk-body">${t`It holds the log against the checkpoints in the database. Somebody who cuts off the end of the log together with its checkpoints is found only by the signer’s own memory, on its machine:`}</p>
${command('see audit verify')}</div>`,
  });
}

/** One sentence on how it stands, with a link to its page. */
export function verificationLine(facts: VerificationFacts, now: Date): SafeHtml {
  const link = (text: SafeHtml): SafeHtml =>
    html`<a class="govuk-link" href="/console/audit/verifications/${facts.id}">${text}</a>`;
  if (facts.running) return link(t`A proof is going on: ${facts.verified} of ${facts.entries} entries.`);
  if (!facts.report) return link(t`The last proof stopped before its end.`);
  const ago = distanceText(facts.finishedAt ?? facts.startedAt, now);
  return facts.report.ok
    ? link(t`It was whole ${ago}.`)
    : link(t`It was broken at entry ${facts.report.break?.seq} when it was last proved, ${ago}.`);
}

function state(facts: VerificationFacts, now: Date): HtmlValue {
  const { report, running } = facts;
  if (report) return outcome(facts, report);
  if (!running)
    return warningText(
      t`The proof stopped before its end: the service was started anew. Nothing is lost; start it again.`,
    );
  const most = Math.max(facts.entries, 1);
  return html`<p class="govuk-body"><label for="progress" id="progress-count">${countText(facts)}</label></p>
<progress class="see-progress" id="progress" max="${most}" value="${Math.min(facts.verified, most)}"></progress>
<p class="govuk-body"><span id="progress-estimate" role="status">${estimate(facts, now)}</span> ${t`You can close this page; the proof goes on, and its address stays the same.`}</p>
<p class="govuk-body"><a class="govuk-link" href="/console/audit/verifications/${facts.id}">${t`Load the page again`}</a></p>`;
}

/** How far a proof is, for the script of its page, in the reader's words. */
export function verificationProgress(view: View, facts: VerificationFacts, now: Date) {
  return {
    value: facts.verified,
    over: !facts.running,
    count: countText(facts).textIn(view.speech),
    estimate: estimate(facts, now).textIn(view.speech),
  };
}

function countText({ verified, entries }: VerificationFacts): SafeHtml {
  return t`${verified} of ${entries} entries verified`;
}

/** How long it will take, by how long it took so far. */
function estimate({ startedAt, verified, entries }: VerificationFacts, now: Date): SafeHtml {
  const took = (now.getTime() - startedAt.getTime()) / 1000;
  if (verified === 0) return t`How long it takes is known in a moment.`;
  const left = Math.max(1, Math.round((took / verified) * Math.max(0, entries - verified)));
  return left < 60
    ? counted(left, t`About 1 second is left.`, t`About ${left} seconds are left.`)
    : counted(Math.round(left / 60), t`About 1 minute is left.`, t`About ${Math.round(left / 60)} minutes are left.`);
}

function outcome({ finishedAt }: VerificationFacts, report: NonNullable<VerificationFacts['report']>): SafeHtml {
  return html`${
    report.ok
      ? insetText(
          html`<strong>${t`The log is whole.`}</strong> ${t`Nothing is missing, and no event differs from the one that was put into it.`}`,
        )
      : warningText(
          t`The log is broken at entry ${report.break?.seq}: ${english(`${report.break?.message} (${report.break?.code})`)}. Tell the auditors and whoever runs the service, and change nothing.`,
        )
  }
${summaryList([
  { key: t`Finished`, value: finishedAt && momentHtml(finishedAt) },
  { key: t`Entries verified`, value: report.entries },
  { key: t`Checkpoints that hold`, value: report.checkpoints },
  { key: t`Entries after the last checkpoint`, value: report.uncovered },
  { key: t`Events not in the log yet`, value: report.unsequenced },
  { key: t`Root of the tree`, value: fingerprint(report.root) },
])}`;
}
