import { backLink } from '../../components/back-link.ts';
import { command, fingerprint } from '../../components/command.ts';
import { warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { dayText } from '../../components/time.ts';
import { type HtmlValue, html } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { agencyTag } from './states.ts';

export interface AgencyFacts {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** Null until it is activated. */
  readonly membership: { readonly phase: 1 | 2; readonly start: Date; readonly certification: string | null } | null;
  readonly organizationNames: readonly string[];
  readonly organizationIdentifier: string;
  readonly locality: string;
  readonly domains: readonly string[];
  readonly profiles: readonly string[];
  readonly delegations: readonly {
    readonly name: string;
    readonly role: string;
    readonly from: Date;
    readonly until: Date;
    readonly instrument: string;
  }[];
  readonly lastVerifiedAt: Date;
  readonly nextReviewAt: Date;
  readonly scopeDigest: string;
}

/** An agency as two operators signed it. */
export function agencyPage(view: View, reader: ConsoleReader, now: Date, facts: AgencyFacts): string {
  return consolePage(view, reader, {
    title: facts.name,
    place: 'agencies',
    beforeContent: backLink('Agencies', '/console/agencies'),
    content: html`<h1 class="govuk-heading-l">${facts.name}</h1>
<p class="govuk-body">${agencyTag(facts.status)}</p>
${facts.nextReviewAt < now && warningText('The review is overdue. Nothing is issued for this agency until its scope is signed again.')}
<p class="govuk-body">What certificates may say for this agency, as two operators signed it. A change is a new statement that two operators sign.</p>
${summaryList(
  [
    { key: 'Membership', value: membershipText(facts.membership) },
    ...(facts.membership?.certification
      ? [{ key: 'Report on its site', value: fingerprint(facts.membership.certification) }]
      : []),
    { key: 'Names (O)', value: facts.organizationNames.join('; ') },
    { key: 'Identifier', value: facts.organizationIdentifier },
    { key: 'Locality', value: facts.locality },
    { key: 'Mail and DNS domains', value: facts.domains.join(', ') },
    { key: 'Profiles', value: facts.profiles.join(', ') },
    { key: 'Last verified', value: dayText(facts.lastVerifiedAt) },
    { key: 'Next review', value: dayText(facts.nextReviewAt) },
    { key: 'Scope statement', value: fingerprint(facts.scopeDigest) },
  ],
  'see-dense',
)}
${table({
  caption: 'Sponsors and registration agents',
  head: ['Person', 'Role', 'From', 'Until', 'By'],
  rows: facts.delegations.map(({ name, role, from, until, instrument }) => [
    name,
    role === 'sponsor' ? 'Sponsor' : 'Registration agent',
    dayText(from),
    html`${dayText(until)}${until < now && html` <strong class="govuk-tag govuk-tag--grey">Ended</strong>`}`,
    instrument,
  ]),
  empty: 'Nobody may order for this agency yet.',
})}
<h2 class="govuk-heading-m">Its certificates and orders</h2>
<p class="govuk-body"><a class="govuk-link" href="/console/certificates?q=${encodeURIComponent(facts.name)}">Certificates</a></p>
<h2 class="govuk-heading-m">Change the scope</h2>
${command(`see statement propose agency-scope SCOPE.json`)}`,
  });
}

function membershipText(membership: AgencyFacts['membership']): HtmlValue {
  if (!membership) return 'Not active yet: certificates for its gateways only, until its site is certified';
  const whom = membership.phase === 2 ? 'mail gateways and people' : 'mail gateways';
  const site = membership.certification === null ? '; without mail gateways, so not in the list of members' : '';
  return html`Phase ${membership.phase} (${whom}) from ${dayText(membership.start)}${site}`;
}
