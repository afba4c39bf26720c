import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { counted, distanceText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { behindSince, type PublishedLine, publishedTable } from './published-table.ts';
import { isLogLate, isSignerAway, type SigningFacts, signingTable } from './signing-table.ts';

type Three = readonly [number, number, number];

export interface HomeFacts {
  readonly now: Date;
  readonly pendingOrders: number;
  readonly oldestPending: Date | undefined;
  /** Orders that wait less than a day, less than three, longer. */
  readonly queue: { readonly plain: Three; readonly withRisk: Three };
  readonly refusedOrders: number;
  /** Within 7, 30 and 90 days. */
  readonly expiring: Three;
  readonly staleAgencies: number;
  readonly stalePeople: number;
  /** Ids of removed agencies of which certificates are good still. */
  readonly unendedAgencies: readonly string[];
  readonly failedMails: number;
  /** What HR systems told and what waits for a person. */
  readonly waitingReports: number;
  readonly proposals: number;
  /** Staff roles that wait for a review; 0 for those who cannot give one. */
  readonly reviews: number;
  readonly published: readonly PublishedLine[];
  readonly signing: SigningFacts;
  /** Whether the reader may open the pages of these. */
  readonly may: { readonly records: boolean; readonly mails: boolean };
  /** Further pages that the reader may open. */
  readonly more: readonly ('profiles' | 'statements' | 'operators' | 'sessions')[];
  readonly processes: readonly { readonly process: string; readonly seenAt: Date }[];
}

/** A process that was not heard of for so long is shown as missing, in milliseconds. */
const SILENT = 60_000;

/** Something that waits for somebody: what, and where it is done. */
interface Need {
  readonly text: HtmlValue;
  readonly href?: string;
  readonly command?: string;
}

/** Answers "does anything need me?", and says so when nothing does. */
export function homePage(view: View, reader: ConsoleReader, facts: HomeFacts): string {
  const needs = [...workNeeds(facts), ...machineNeeds(facts)];
  return consolePage(view, reader, {
    title: t`Home`,
    place: 'home',
    content: html`<h1 class="govuk-heading-l">${needs.length === 0 ? t`All clear` : t`Needs somebody`}</h1>
<p class="govuk-body see-muted">${t`Checked ${momentHtml(facts.now)}.`}</p>
${needs.length > 0 && html`<ul class="govuk-list see-needs">${needs.map(need)}</ul>`}
<ul class="see-cards">
${figure(facts.pendingOrders, counted(facts.pendingOrders, t`order waits for approval`, t`orders wait for approval`), '/console/orders?state=pending', facts.pendingOrders > 0)}
${figure(facts.expiring[0], counted(facts.expiring[0], t`certificate expires within 7 days`, t`certificates expire within 7 days`), '/console/certificates?expiring=7', facts.expiring[0] > 0)}
${figure(facts.expiring[1], counted(facts.expiring[1], t`certificate expires within 30 days`, t`certificates expire within 30 days`), '/console/certificates?expiring=30', false)}
${figure(facts.expiring[2], counted(facts.expiring[2], t`certificate expires within 90 days`, t`certificates expire within 90 days`), '/console/certificates?expiring=90', false)}
</ul>
${facts.pendingOrders > 0 && queueTable(facts)}
${publishedTable(facts.published, facts.now)}
<div class="see-columns see-columns--even"><div>${signingTable(facts.signing, facts.now)}</div><div>${processTable(facts)}${more(facts)}</div></div>`,
  });
}

function workNeeds(facts: HomeFacts): Need[] {
  const { pendingOrders, refusedOrders, staleAgencies, stalePeople, proposals, reviews, waitingReports, failedMails } =
    facts;
  const found: (Need | false)[] = [
    pendingOrders > 0 && {
      text: html`${counted(pendingOrders, t`1 order waits for approval.`, t`${pendingOrders} orders wait for approval.`)} ${facts.oldestPending && t`The oldest came ${distanceText(facts.oldestPending, facts.now)}.`}`,
      href: '/console/orders?state=pending',
    },
    refusedOrders > 0 && {
      text: counted(
        refusedOrders,
        t`The signer refused 1 order this week.`,
        t`The signer refused ${refusedOrders} orders this week.`,
      ),
      href: '/console/orders?state=refused',
    },
    staleAgencies > 0 && {
      text: html`${counted(staleAgencies, t`1 agency is past its review.`, t`${staleAgencies} agencies are past their review.`)} ${t`Nothing is issued to them until they are reviewed.`}`,
      href: '/console/agencies',
    },
    stalePeople > 0 && {
      text: html`${counted(stalePeople, t`The record of 1 person is past its review.`, t`The records of ${stalePeople} people are past their review.`)} ${t`Orders for them are not approved until their agency confirms the record.`}`,
      ...(facts.may.records ? { href: '/console/records?standing=stale' } : { command: 'see records stale' }),
    },
    proposals > 0 && {
      text: counted(proposals, t`1 statement waits for signatures.`, t`${proposals} statements wait for signatures.`),
      href: '/console/statements',
    },
    reviews > 0 && {
      text: html`${counted(reviews, t`1 role waits for a review.`, t`${reviews} roles wait for a review.`)} ${t`Operators whom nobody reviews are locked.`}`,
      href: '/console/access-reviews',
    },
    waitingReports > 0 && {
      text: counted(
        waitingReports,
        t`1 report of an HR system waits for somebody to confirm.`,
        t`${waitingReports} reports of HR systems wait for somebody to confirm.`,
      ),
      href: '/console/hr-feeds',
    },
    failedMails > 0 && {
      text: counted(failedMails, t`1 mail was given up.`, t`${failedMails} mails were given up.`),
      ...(facts.may.mails ? { href: '/console/mails?state=failed' } : { command: 'see mail list --state failed' }),
    },
  ];
  return [
    ...found.filter((one) => one !== false),
    ...facts.unendedAgencies.map((id) => ({
      text: t`Agency ${id} was removed, and certificates of it are good still. End them:`,
      href: `/console/agencies/${id}`,
      command: ['see agency abolish', id].join(' '),
    })),
  ];
}

function machineNeeds(facts: HomeFacts): Need[] {
  const broken = facts.published.filter(({ result }) => !result.ok || (result.until && result.until < facts.now));
  const behind = facts.published
    .filter((line) => !broken.includes(line))
    .flatMap((line) => {
      const since = behindSince(line, facts.now);
      return since ? [{ ca: line.ca, since }] : [];
    });
  const silent = facts.processes.filter((process) => isSilent(process, facts.now));
  return [
    ...broken.map(({ ca, kind }) => ({
      text:
        kind === 'ocsp'
          ? t`Clients get no good OCSP answer about certificates of CA ${ca}.`
          : t`Clients get no good revocation list of CA ${ca}.`,
      href: '#published',
    })),
    ...behind.map(({ ca, since }) => ({
      text: t`Clients get an old revocation list of CA ${ca}: a newer one was made ${distanceText(since, facts.now)}.`,
      href: '#published',
    })),
    ...silent.map(({ process, seenAt }) => ({
      text: t`The process ${process} was last heard of ${distanceText(seenAt, facts.now)}.`,
      command: 'see status',
    })),
    ...(isSignerAway(facts.signing, facts.now) ? [{ text: t`Nothing is signed: no signer holds the lease.` }] : []),
    ...(isLogLate(facts.signing, facts.now)
      ? [{ text: t`Events wait to be put into the audit log for longer than five minutes.` }]
      : []),
  ];
}

function need({ text, href, command }: Need): SafeHtml {
  return html`<li>${href ? html`<a class="govuk-link" href="${href}">${text}</a>` : text}${command && html` <code class="see-serial">${command}</code>`}</li>`;
}

function figure(count: number, text: HtmlValue, href: string, alert: boolean): SafeHtml {
  const shown = count >= 1000 ? html`${count}+` : count;
  return html`<li class="see-card"><p class="govuk-body"><span class="see-figure ${alert && 'see-figure--alert'}">${shown}</span> <a class="govuk-link" href="${href}">${text}</a></p></li>`;
}

function queueTable({ queue: { plain, withRisk } }: HomeFacts): SafeHtml {
  const ages = [t`Less than a day`, t`One to three days`, t`Longer than three days`];
  return table({
    caption: t`The queue by age and risk`,
    head: [t`Waiting for`, t`With a risk`, t`Without`],
    rows: ages.map((age, index) => [
      age,
      html`<a class="govuk-link" href="/console/orders?state=pending&amp;risk=true">${withRisk[index]}</a>`,
      html`<a class="govuk-link" href="/console/orders?state=pending&amp;risk=false">${plain[index]}</a>`,
    ]),
    empty: '',
  });
}

/** Pages that have no place in the menu. */
function more({ more: places }: HomeFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`More`}</h2><ul class="govuk-list">${places.map((place) => html`<li><a class="govuk-link" href="/console/${place}">${MORE[place]}</a></li>`)}</ul>`;
}

const MORE = {
  profiles: t`Profiles`,
  statements: t`Statements`,
  operators: t`Operators and roles`,
  sessions: t`Your sessions`,
} as const;

function isSilent({ seenAt }: HomeFacts['processes'][number], now: Date): boolean {
  return now.getTime() - seenAt.getTime() > SILENT;
}

function processTable(facts: HomeFacts): SafeHtml {
  return table({
    caption: t`Processes`,
    head: [t`Process`, t`Heard of`],
    rows: facts.processes.map((process) => [
      process.process,
      isSilent(process, facts.now) ? tag(distanceText(process.seenAt, facts.now), 'red') : t`just now`,
    ]),
    empty: t`No process has said anything yet.`,
  });
}
