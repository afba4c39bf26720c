import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { insetText, successBanner, warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import { verbatim } from '../../verbatim.ts';
import type { View } from '../../view.ts';
import { type DomainFacts, domainsSection } from './agency-domains.ts';
import { type AgencyStage, agencyLife } from './agency-life.ts';
import { agencyTag } from './states.ts';

export interface AgencyFacts extends DomainFacts {
  readonly now: Date;
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly stage: AgencyStage;
  /** Null until it is activated. */
  readonly membership: { readonly phase: 1 | 2; readonly start: Date; readonly certification: string | null } | null;
  readonly organizationNames: readonly string[];
  readonly organizationIdentifier: string;
  readonly locality: string;
  readonly domains: readonly string[];
  readonly profiles: readonly string[];
  readonly delegations: readonly {
    readonly personId: string;
    readonly name: string;
    readonly role: string;
    readonly from: Date;
    readonly until: Date;
    readonly instrument: string;
  }[];
  readonly lastVerifiedAt: Date;
  readonly nextReviewAt: Date;
  readonly scopeDigest: string;
  /** Undefined for those who do not see them. */
  readonly reports:
    | readonly {
        readonly digest: string;
        readonly product: string;
        readonly testedOn: Date;
        readonly testedBy: string;
      }[]
    | undefined;
  /** Whether the reader may open pages of people. */
  readonly seesPeople: boolean;
  readonly mayReport: boolean;
  /** Digest of the report that was just recorded, hex. */
  readonly reported: string | undefined;
  readonly done: AgencyDone | undefined;
  readonly errors: readonly FieldError[];
}

/** What a form of the page has done. */
export type AgencyDone = 'challenged' | 'proved' | 'decided' | 'certified';

/** An agency: where it stands in its life, what two operators signed for it, and its records. */
export function agencyPage(view: View, reader: ConsoleReader, facts: AgencyFacts): string {
  return consolePage(view, reader, {
    title: facts.name,
    place: 'agencies',
    beforeContent: backLink(t`Agencies`, '/console/agencies'),
    content: html`${facts.done && successBanner(said(facts.done))}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${facts.name}</h1>
<p class="govuk-body">${agencyTag(facts.status)}</p>
${facts.reported && next(facts, facts.reported)}
${facts.nextReviewAt < facts.now && warningText(t`The review is overdue. Nothing is issued for this agency until its scope is signed again.`)}
${agencyLife(facts.name, facts.stage)}
<p class="govuk-body">${t`What certificates may say for this agency, as two operators signed it. A change is a new statement that two operators sign.`}</p>
${summaryList(
  [
    { key: t`Membership`, value: membershipText(facts.membership) },
    ...(facts.membership?.certification
      ? [{ key: t`Report on its site`, value: fingerprint(facts.membership.certification) }]
      : []),
    { key: t`Names (O)`, value: facts.organizationNames.join('; ') },
    { key: t`Identifier`, value: facts.organizationIdentifier },
    { key: t`Locality`, value: facts.locality },
    { key: t`Mail and DNS domains`, value: facts.domains.join(', ') },
    { key: t`Profiles`, value: facts.profiles.join(', ') },
    { key: t`Last verified`, value: dayText(facts.lastVerifiedAt) },
    { key: t`Next review`, value: dayText(facts.nextReviewAt) },
    { key: t`Scope statement`, value: fingerprint(facts.scopeDigest) },
  ],
  'see-dense',
)}
${delegations(facts)}
${domainsSection(reader, facts)}
${facts.reports && reports(facts, facts.reports)}
<h2 class="govuk-heading-m">${t`Its people, certificates and calendar`}</h2>
<ul class="govuk-list see-links">
${facts.seesPeople && html`<li><a class="govuk-link" href="/console/people?agency=${facts.id}">${t`People`}</a></li>`}
<li><a class="govuk-link" href="/console/certificates?q=${encodeURIComponent(facts.name)}">${t`Certificates`}</a></li>
</ul>
<h2 class="govuk-heading-m">${t`Change the scope`}</h2>
${command(verbatim`see statement propose agency-scope SCOPE.json`)}`,
  });
}

function said(done: AgencyDone): SafeHtml {
  if (done === 'certified') return t`The report is recorded, and certifies the site.`;
  if (done === 'challenged') return t`The value is made. Put it into the DNS as it stands under the domain.`;
  return done === 'proved' ? t`The value was found: the domain is shown to be theirs.` : t`The decision is recorded.`;
}

function delegations({ delegations: all, now, seesPeople }: AgencyFacts): SafeHtml {
  return table({
    caption: t`Sponsors and registration agents`,
    head: [t`Person`, t`Role`, t`From`, t`Until`, t`Instrument`],
    rows: all.map(({ personId, name, role, from, until, instrument }) => [
      seesPeople ? html`<a class="govuk-link" href="/console/people/${personId}">${name}</a>` : name,
      role === 'sponsor' ? t`Sponsor` : t`Registration agent`,
      dayText(from),
      html`${dayText(until)}${until < now && html` ${tag(t`Ended`, 'grey')}`}`,
      instrument,
    ]),
    empty: t`Nobody may order for this agency yet.`,
  });
}

/** What two operators do with a report that was just recorded: a signature, so by command. */
function next({ id, status }: AgencyFacts, report: string): SafeHtml | false {
  if (status !== 'scoped') return false;
  return insetText(
    html`<p class="govuk-body">${t`Two operators now sign the activation, each with their own key on their own machine:`}</p>${command(verbatim`see agency activate ${id} --phase 1 --report ${report} --key FILE1 FILE2`)}`,
  );
}

function reports({ id, mayReport }: AgencyFacts, all: NonNullable<AgencyFacts['reports']>): SafeHtml {
  return html`<section id="reports">${table({
    caption: t`Reports on its site`,
    head: [t`Tested`, t`Product`, t`By`, 'SHA-256'],
    rows: all.map(({ digest, product, testedOn, testedBy }) => [
      dayText(testedOn),
      product,
      testedBy,
      fingerprint(digest),
    ]),
    empty: t`No report is on record.`,
  })}${mayReport && linkButton(t`Record a report`, `/console/agencies/${id}/site-reports/new`, 'secondary')}</section>`;
}

function membershipText(membership: AgencyFacts['membership']): HtmlValue {
  if (!membership) return t`Not active yet: certificates for its gateways only, until its site is certified`;
  const { phase, start, certification } = membership;
  const whom =
    phase === 2
      ? t`Phase 2 (mail gateways and people) from ${dayText(start)}`
      : t`Phase 1 (mail gateways) from ${dayText(start)}`;
  return certification === null ? t`${whom}; without mail gateways, so not in the list of members` : whom;
}
