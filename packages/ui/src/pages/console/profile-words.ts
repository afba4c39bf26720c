import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import type { Profile, SubjectRule } from '@see/policy';
import { purposeText, usageText } from '../../certificate-in-words.ts';
import { english } from '../../components/english.ts';
import { reasonText } from './revocation-words.ts';

/** What a profile says about one thing, in words, and the members of its content that say it. */
export interface ProfileFact {
  readonly key: SafeHtml;
  readonly members: readonly (keyof Profile)[];
  readonly words: (profile: Profile) => HtmlValue;
}

const SOURCES: Readonly<Record<string, SafeHtml>> = {
  'configuration.country': t`the country of this instance`,
  'agency.locality': t`the locality of the agency`,
  'agency.organizationName': t`the name of the agency`,
  'agency.organizationIdentifier': t`the identifier of the agency`,
  'person.givenName': t`the given name of the person`,
  'person.surname': t`the surname of the person`,
  'person.qualifiedName': t`the name of the person`,
  'person.id': t`the number of the person`,
  'order.firstDnsName': t`the first host of the order`,
  'responder.name': t`the name of the responder`,
};

const DIRECTORY: Readonly<Record<Profile['directory'], SafeHtml>> = {
  issued: t`at once`,
  'renewal-confirmed': t`at once; a renewed one when its holder has confirmed it`,
  confirmed: t`when its holder has confirmed it`,
};

/** Everything that a profile says, in the order in which people ask. */
export const PROFILE_FACTS: readonly ProfileFact[] = [
  { key: t`What for`, members: ['title', 'description'], words: ({ description }) => english(description) },
  { key: t`Issued by`, members: ['ca'], words: ({ ca }) => (ca === 'any' ? t`each CA` : `CA ${ca}`) },
  {
    key: t`Approvals needed`,
    members: ['quorum'],
    words: ({ quorum }) => (quorum === 1 ? t`one; two where there is a risk` : t`${quorum}, by different persons`),
  },
  {
    key: t`Valid for`,
    members: ['validityDays', 'maxValidityDays'],
    words: ({ validityDays, maxValidityDays }) => t`${validityDays} days, at most ${maxValidityDays}`,
  },
  { key: t`Types`, members: ['types'], words: ({ types }) => types.join(', ') || t`none` },
  { key: t`Subject`, members: ['subject'], words: ({ subject }) => listed(subject.map(subjectWords)) },
  { key: t`Alternative names`, members: ['names'], words: nameWords },
  {
    key: t`Keys`,
    members: ['curves', 'rsaBits', 'codeKey'],
    words: ({ curves, rsaBits, codeKey }) =>
      html`${curves.join(', ')}${rsaBits && html`; ${t`RSA with ${rsaBits.min} to ${rsaBits.max} bits`}`}<br>${t`made by browsers: ${codeKey}`}`,
  },
  {
    key: t`Where the key comes from`,
    members: ['keySources'],
    words: ({ keySources }) =>
      listed(
        keySources.map((one) =>
          one === 'csr' ? t`with the order, as a request (CSR)` : t`made by the person with a code`,
        ),
      ),
  },
  {
    key: t`Copy of the key`,
    members: ['escrow'],
    words: ({ escrow }) =>
      escrow === null ? t`none is kept` : t`one is kept, which two recovery agents open together`,
  },
  {
    key: t`Key is for`,
    members: ['keyUsage'],
    words: ({ keyUsage: { ec, rsa } }) =>
      html`${t`elliptic curves:`} ${joined(ec.map(usageText))}<br>${t`RSA keys:`} ${joined(rsa.map(usageText))}`,
  },
  { key: t`Purposes`, members: ['extKeyUsage'], words: ({ extKeyUsage }) => joined(extKeyUsage.map(purposeText)) },
  {
    key: t`Renewal`,
    members: ['renewal'],
    words: ({ renewal }) =>
      renewal
        ? t`from ${renewal.windowDays} days before its end; the old one is left alone for ${renewal.overlapDays} days`
        : t`it is not renewed`,
  },
  { key: t`In the directory`, members: ['directory'], words: ({ directory }) => DIRECTORY[directory] },
  {
    key: t`On hold`,
    members: ['holdPermitted'],
    words: ({ holdPermitted }) => (holdPermitted ? t`may be put on hold` : t`is never put on hold`),
  },
  {
    key: t`Reasons to revoke`,
    members: ['revocationReasons'],
    words: ({ revocationReasons }) => joined(revocationReasons.map(reasonText)),
  },
  {
    key: t`Exception`,
    members: ['exception'],
    words: ({ exception }) => (exception === null ? t`none` : english(exception)),
  },
  {
    key: t`Technical`,
    members: ['policyArc', 'smimeCapabilities', 'ocspNoCheck'],
    words: ({ policyArc, smimeCapabilities, ocspNoCheck }) =>
      html`<code class="see-serial">${JSON.stringify({ policyArc, smimeCapabilities, ocspNoCheck })}</code>`,
  },
];

/** The facts in which two profiles differ. */
export function changedFacts(before: Profile, after: Profile): readonly ProfileFact[] {
  return PROFILE_FACTS.filter(({ members }) =>
    members.some((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member])),
  );
}

function subjectWords({ attribute, value, from, optional }: SubjectRule): SafeHtml {
  const source = from === null ? html`“${value}”` : (SOURCES[from] ?? html`${from}`);
  return html`${attribute}: ${source}${optional && html` ${t`(if there is one)`}`}`;
}

function nameWords({ names }: Profile): HtmlValue {
  if (names.form === 'dNSName') return t`the hosts of the order`;
  if (names.form === 'none') return t`none`;
  return names.localPart === null
    ? t`the mail address of the person`
    : t`${names.localPart} at each domain of the order`;
}

function listed(texts: readonly HtmlValue[]): HtmlValue {
  return texts.map((text, index) => html`${index > 0 && html`<br>`}${text}`);
}

function joined(texts: readonly HtmlValue[]): HtmlValue {
  return texts.length === 0 ? '–' : texts.map((text, index) => html`${index > 0 && ', '}${text}`);
}
