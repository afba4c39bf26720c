import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import type { Profile } from '@see/policy';
import { backLink } from '../../components/back-link.ts';
import { command, fingerprint } from '../../components/command.ts';
import { english } from '../../components/english.ts';
import { insetText, warningText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { type TagColour, tag } from '../../components/tag.ts';
import { distanceText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { profileDifferences } from './profile-page.ts';

/** A statement that carries authority once enough people signed it. */
export interface StatementLine {
  readonly digest: string;
  readonly kind: string;
  readonly createdAt: Date;
  /** Names of those who signed it. */
  readonly signedBy: readonly string[];
}

export interface StatementFacts extends StatementLine {
  readonly now: Date;
  readonly state: 'proposed' | 'accepted' | 'refused';
  readonly refusal: string | undefined;
  /** Signatures of different persons that it needs, and of which role. */
  readonly needs: { readonly count: number; readonly role: 'administrator' | 'operator' } | undefined;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** What it is about, member by member, values as JSON. */
  readonly subject: readonly (readonly [string, string])[];
  /** Of a profile: the version in force, and the one that is proposed. */
  readonly profile: { readonly before: Profile | undefined; readonly after: Profile } | undefined;
}

const KINDS: Readonly<Record<string, SafeHtml>> = {
  'credential-register': t`An approval key for somebody`,
  'credential-remove': t`The end of an approval key`,
  'role-grant': t`A role for somebody`,
  'role-remove': t`The end of a role`,
  'configuration-activate': t`The configuration`,
  'types-activate': t`The types of certificates`,
  'profile-activate': t`A new version of a profile`,
  'service-key-register': t`A key for one of our own processes`,
  'service-key-remove': t`The end of a key of our own processes`,
  'recovery-agents-activate': t`The recovery agents`,
  'agency-scope': t`What an agency may be certified for`,
  'agency-activate': t`The membership of an agency`,
  'agency-phase': t`The phase of an agency`,
  'agency-suspend': t`The suspension of an agency`,
  'agency-resume': t`The end of a suspension`,
  'agency-remove': t`The removal of an agency`,
  'certificate-revoke': t`A revocation`,
  'hold-release': t`The release of a certificate on hold`,
};

/** What waits for signatures. */
export function statementsPage(view: View, reader: ConsoleReader, lines: readonly StatementLine[], now: Date): string {
  return consolePage(view, reader, {
    title: t`Statements`,
    content: html`<h1 class="govuk-heading-l">${t`Statements`}</h1>
<p class="govuk-body">${t`What changes who may do what is a statement that two people sign on their own machines. These wait for signatures.`}</p>
${table({
  caption: t`Statements`,
  hideCaption: true,
  head: [t`About`, t`Proposed`, t`Signed by`, t`Digest`],
  rows: lines.map((line) => [
    html`<a class="govuk-link" href="/console/statements/${line.digest}">${kindText(line.kind)}</a>`,
    distanceText(line.createdAt, now),
    line.signedBy.length > 0 ? line.signedBy.join(', ') : t`nobody yet`,
    html`<span class="see-serial">${line.digest.slice(0, 16)}…</span>`,
  ]),
  empty: t`No statement waits for signatures.`,
})}`,
  });
}

/** What a statement says, who signed it, and how to sign. */
export function statementPage(view: View, reader: ConsoleReader, facts: StatementFacts): string {
  const { profile, needs, refusal } = facts;
  return consolePage(view, reader, {
    title: kindText(facts.kind),
    beforeContent: backLink(t`Statements`, '/console/statements'),
    content: html`<h1 class="govuk-heading-l">${kindText(facts.kind)}</h1>
<p class="govuk-body">${stateTag(facts.state)}</p>
${refusal && warningText(t`The signer refused it: ${english(refusal)}`)}
${profile && (profile.before ? profileDifferences(profile.before, profile.after) : insetText(t`It is the first version of this profile.`))}
<h2 class="govuk-heading-m">${t`What it says`}</h2>
${summaryList(
  facts.subject.map(([key, value]) => ({
    key: html`<span class="see-serial">${key}</span>`,
    value: html`<span class="see-serial">${value}</span>`,
  })),
  'see-dense',
)}
${summaryList(
  [
    { key: t`Proposed`, value: momentHtml(facts.createdAt) },
    {
      key: t`To be signed by`,
      value: html`${momentHtml(facts.validUntil)} <span class="see-muted">(${distanceText(facts.validUntil, facts.now)})</span>`,
    },
    { key: t`Signed by`, value: facts.signedBy.length > 0 ? facts.signedBy.join(', ') : t`nobody yet` },
    { key: t`Digest`, value: fingerprint(facts.digest) },
  ],
  'see-dense',
)}
${facts.state === 'proposed' && signing(facts.digest, needs)}`,
  });
}

function signing(digest: string, needs: StatementFacts['needs']): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Sign it`}</h2>
<p class="govuk-body">${needs?.role === 'operator' ? t`${needs.count} operators sign it, each with their own key on their own machine. The command shows what it says and asks.` : t`${needs?.count ?? 2} administrators sign it, each with their own key on their own machine. The command shows what it says and asks.`}</p>
${command(`see statement sign ${digest.slice(0, 16)} --key FILE`)}`;
}

function kindText(kind: string): HtmlValue {
  return KINDS[kind] ?? html`<span class="see-serial">${kind}</span>`;
}

function stateTag(state: StatementFacts['state']): SafeHtml {
  const [text, colour] = STATES[state];
  return tag(text, colour);
}

const STATES: Readonly<Record<StatementFacts['state'], readonly [SafeHtml, TagColour]>> = {
  proposed: [t`Waits for signatures`, 'orange'],
  accepted: [t`In force`, 'green'],
  refused: [t`Refused by the signer`, 'red'],
};
