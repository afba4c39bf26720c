import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { distanceText, momentHtml } from '../../components/time.ts';
import { type HtmlValue, html, type SafeHtml, t } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface HomeFacts {
  readonly now: Date;
  readonly pendingOrders: number;
  readonly oldestPending: Date | undefined;
  readonly refusedOrders: number;
  readonly expiringCertificates: number;
  readonly staleAgencies: number;
  /** Ids of removed agencies of which certificates are good still. */
  readonly unendedAgencies: readonly string[];
  readonly failedMails: number;
  /** What HR systems told and what waits for a person. */
  readonly waitingReports: number;
  readonly proposals: number;
  /** Staff roles that wait for a review; 0 for those who cannot give one. */
  readonly reviews: number;
  readonly crls: readonly { readonly ca: string; readonly number: number; readonly nextUpdate: Date }[];
  readonly processes: readonly { readonly process: string; readonly seenAt: Date }[];
}

/** A process that was not heard of for so long is shown as missing, in milliseconds. */
const SILENT = 60_000;

/** Answers "does anything need me?", and says so when nothing does. */
export function homePage(view: View, reader: ConsoleReader, facts: HomeFacts): string {
  const lateCrls = facts.crls.filter((crl) => crl.nextUpdate < facts.now);
  const silent = facts.processes.filter(({ seenAt }) => facts.now.getTime() - seenAt.getTime() > SILENT);
  const clear =
    facts.pendingOrders +
      facts.refusedOrders +
      facts.staleAgencies +
      facts.unendedAgencies.length +
      facts.proposals +
      facts.reviews +
      facts.failedMails +
      facts.waitingReports +
      lateCrls.length +
      silent.length ===
    0;
  return consolePage(view, reader, {
    title: 'Home',
    place: 'home',
    content: html`<h1 class="govuk-heading-l">${clear ? 'All clear' : 'Needs somebody'}</h1>
<p class="govuk-body see-muted">Checked ${momentHtml(facts.now)}.</p>
<ul class="see-cards">
${figure(facts.pendingOrders, 'orders wait for approval', '/console/orders?state=pending', facts.oldestPending && t`The oldest came ${distanceText(facts.oldestPending, facts.now)}.`, facts.pendingOrders > 0)}
${figure(facts.refusedOrders, 'orders refused by the signer this week', '/console/orders?state=refused', undefined, facts.refusedOrders > 0)}
${figure(facts.expiringCertificates, 'certificates expire within 30 days', '/console/certificates?expiring=30', undefined, false)}
${figure(facts.staleAgencies, 'agencies past their review', '/console/agencies', facts.staleAgencies > 0 ? 'Nothing is issued to them until they are reviewed.' : undefined, facts.staleAgencies > 0)}
</ul>
${facts.unendedAgencies.map((id) => html`<p class="govuk-body">Agency ${id} was removed, and certificates of it are good still. End them: <code class="see-serial">see agency abolish ${id}</code></p>`)}
${facts.proposals > 0 && html`<p class="govuk-body">${facts.proposals} ${facts.proposals === 1 ? 'statement waits' : 'statements wait'} for signatures: <code class="see-serial">see statement list</code></p>`}
${facts.reviews > 0 && html`<p class="govuk-body"><a class="govuk-link" href="/console/access-reviews">${facts.reviews} ${facts.reviews === 1 ? 'role waits' : 'roles wait'} for a review</a>. Operators whom nobody reviews are locked.</p>`}
${facts.waitingReports > 0 && html`<p class="govuk-body"><a class="govuk-link" href="/console/hr-feeds">${facts.waitingReports} ${facts.waitingReports === 1 ? 'report' : 'reports'} of HR systems</a> wait for somebody to confirm.</p>`}
${facts.failedMails > 0 && html`<p class="govuk-body">${facts.failedMails} ${facts.failedMails === 1 ? 'mail was' : 'mails were'} given up: <code class="see-serial">see mail list --state failed</code></p>`}
<div class="see-columns"><div>${crlTable(facts)}</div><div>${processTable(facts)}</div></div>`,
  });
}

function figure(count: number, text: string, href: string, more: HtmlValue, alert: boolean): SafeHtml {
  return html`<li class="see-card"><p class="govuk-body"><span class="see-figure ${alert && 'see-figure--alert'}">${count}</span> <a class="govuk-link" href="${href}">${text}</a></p>${more && html`<p class="govuk-body-s">${more}</p>`}</li>`;
}

function crlTable(facts: HomeFacts): SafeHtml {
  return table({
    caption: 'Revocation lists',
    head: ['CA', 'Number', 'Next update', 'State'],
    rows: facts.crls.map(({ ca, number, nextUpdate }) => [
      ca,
      number,
      html`${momentHtml(nextUpdate)} <span class="see-muted">(${distanceText(nextUpdate, facts.now)})</span>`,
      nextUpdate < facts.now ? tag('Late', 'red') : tag('Fresh', 'green'),
    ]),
    empty: 'No list has been made yet.',
  });
}

function processTable(facts: HomeFacts): SafeHtml {
  return table({
    caption: 'Processes',
    head: ['Process', 'Heard of'],
    rows: facts.processes.map(({ process, seenAt }) => [
      process,
      facts.now.getTime() - seenAt.getTime() > SILENT ? tag(distanceText(seenAt, facts.now), 'red') : 'just now',
    ]),
    empty: 'No process has said anything yet.',
  });
}
