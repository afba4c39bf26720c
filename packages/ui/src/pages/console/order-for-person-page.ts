import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { apiText } from '../../components/api-text.ts';
import { backLink } from '../../components/back-link.ts';
import { submitButton } from '../../components/button.ts';
import { checkboxes } from '../../components/checkboxes.ts';
import { english } from '../../components/english.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, insetText, warningText } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { select } from '../../components/select.ts';
import { summaryList } from '../../components/summary-list.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';

export interface PersonOrderFacts {
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly agency: string;
  };
  /** What has to be put right before anything can be ordered, by code and in the words of the API. */
  readonly obstacles: readonly { readonly code: string; readonly message: string }[];
  /** Those that the agency may have. */
  readonly profiles: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly days: number;
    readonly copyKept: boolean;
  }[];
  /** What the person can be certified as, and whether what is on record is enough for it. */
  readonly types: readonly {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly missing: readonly string[];
  }[];
  readonly sponsors: readonly { readonly id: string; readonly name: string }[];
  /** The reader is the sponsor, so that the order is their word. */
  readonly bySponsor: boolean;
  readonly organizationNames: readonly string[];
  /** Good certificates of the person that the order may replace. */
  readonly replaceable: readonly { readonly sha256: string; readonly profile: string; readonly notAfter: Date }[];
  /** Orders for the person that are not done. */
  readonly open: readonly { readonly id: string; readonly profiles: string; readonly createdAt: Date }[];
  readonly chosen: PersonOrderChoices;
  /** By which the form is taken once, however often it is sent. */
  readonly key: string;
  readonly errors: readonly FieldError[];
}

/** What was chosen, as the form has it. */
export interface PersonOrderChoices {
  readonly profiles: readonly string[];
  readonly type: string;
  readonly sponsorId: string;
  readonly organizationName: string;
  readonly validityDays: string;
  readonly replaces: readonly string[];
}

/** Orders certificates for one person, who makes the keys with a code. */
export function orderForPersonPage(view: View, reader: ConsoleReader, facts: PersonOrderFacts): string {
  const { person, obstacles } = facts;
  return consolePage(view, reader, {
    title: t`Order certificates`,
    place: 'people',
    beforeContent: backLink(person.name, `/console/people/${person.id}`),
    content: html`<div class="see-narrow">${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${t`Order certificates for ${person.name}`}</h1>
${summaryList([
  { key: t`Agency`, value: person.agency },
  { key: t`Mail`, value: html`<span class="see-break">${person.email ?? '–'}</span>` },
])}
${facts.open.length > 0 && underWay(facts.open)}
${obstacles.length > 0 ? blocked(facts) : form(reader, facts)}</div>`,
  });
}

function underWay(open: PersonOrderFacts['open']): SafeHtml {
  return insetText(
    html`<p class="govuk-body">${t`Under way for this person already:`}</p><ul class="govuk-list">${open.map(({ id, profiles, createdAt }) => html`<li><a class="govuk-link" href="/console/orders/${id}">${profiles}</a>, ${momentHtml(createdAt)}</li>`)}</ul>`,
  );
}

/** What to do about each thing that stands in the way, and where. */
function remedy(code: string, { person: { id } }: PersonOrderFacts): HtmlValue {
  const own = `/console/people/${id}`;
  const remedies: Readonly<Record<string, SafeHtml>> = {
    'person-left': t`The person has left. An operator declares where they are now: <a class="govuk-link" href="${own}/declare">Something has changed</a>.`,
    'mail-missing': t`The record has no mail address, so no code could be sent. <a class="govuk-link" href="${own}/declare?kind=name-change">Give one</a>.`,
    'address-flagged': t`Mail to the address comes back, so no code would arrive. <a class="govuk-link" href="${own}">Ask by mail whether the mailbox is theirs</a>, or correct the address.`,
    'person-stale': t`The record is past its review. <a class="govuk-link" href="${own}">Look at it and confirm it</a> first.`,
    'no-sponsor': t`The agency has no sponsor today. Two operators sign its scope with one.`,
    'no-profile': t`The scope of the agency has no certificates for people. Two operators sign a scope that has.`,
    'no-agency': t`The person is with no agency.`,
    'agency-stale': t`The agency is past its review. Two operators sign its scope again.`,
    'agency-not-active': t`The agency is not active, so its people get no certificates.`,
    'phase-not-begun': t`The agency is a member with its mail gateways only. Two operators set the phase from which its people get certificates.`,
  };
  return remedies[code];
}

function blocked(facts: PersonOrderFacts): SafeHtml {
  return html`${warningText(t`Nothing can be ordered yet.`)}
<ul class="govuk-list govuk-list--bullet">${facts.obstacles.map(({ code, message }) => html`<li>${remedy(code, facts) ?? apiText(message)}</li>`)}</ul>`;
}

const PROFILES: Readonly<Record<string, SafeHtml>> = {
  'user-auth': t`To sign in to shared applications.`,
  'user-sign': t`To sign mail.`,
  'user-encrypt': t`So that others can encrypt mail to this person.`,
};

function form(reader: ConsoleReader, facts: PersonOrderFacts): SafeHtml {
  const { person, chosen, errors } = facts;
  return html`<form method="post" action="/console/people/${person.id}/order" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}"><input type="hidden" name="key" value="${facts.key}">
${checkboxes({
  name: 'profiles',
  legend: t`Which certificates?`,
  hint: t`Up to three. The person makes the keys for all of them in one go.`,
  options: facts.profiles.map((profile) => ({ value: profile.id, text: profile.title, hint: profileHint(profile) })),
  values: chosen.profiles,
  ...errorOf(errors, 'profiles'),
})}
${types(facts)}
${sponsor(facts)}
${replaced(facts)}
${more(facts)}
${submitButton({ text: t`Order` })}
</form>
<h2 class="govuk-heading-m">${t`What happens then`}</h2>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>${t`Operators read the order and approve it. Where something is unusual, it takes two of them.`}</li>
<li>${t`A code goes to ${html`<span class="see-break">${person.email}</span>`} by mail. You give the person the link to the page where it is used, which stands on the page of the order.`}</li>
<li>${t`The person makes the keys on their own device, within 30 days.`}</li>
</ol>`;
}

function profileHint({ id, description, days, copyKept }: PersonOrderFacts['profiles'][number]): SafeHtml {
  return html`${PROFILES[id] ?? english(description)} ${t`Good for ${days} days.`} ${copyKept && t`A copy of the key is kept, which two recovery agents open together.`}`;
}

const TYPES: Readonly<Record<string, SafeHtml>> = {
  'business-card-software': t`For staff: the agency answers for who they are. The key is in a file on their device.`,
  associate: t`For somebody outside the agency whom it has admitted for its own purposes.`,
  'associate-role': t`For a role that such a person has.`,
};

function types({ types: all, chosen, errors, person }: PersonOrderFacts): SafeHtml {
  const lacking = all.filter(({ missing }) => missing.length > 0);
  return html`${radios({
    name: 'type',
    legend: t`What does it say about the person?`,
    small: true,
    value: chosen.type,
    options: all.map(({ id, title, text, missing }) => ({
      value: id,
      text: html`${english(title)}`,
      hint: html`${TYPES[id] ?? english(text)}${missing.length > 0 && html`<br><strong>${t`Evidence is missing`}</strong>: ${english(missing.join('; '))}.`}`,
    })),
    ...errorOf(errors, 'type'),
  })}
${lacking.length > 0 && insetText(t`What is missing is recorded on <a class="govuk-link" href="/console/people/${person.id}#evidence">the page of the person</a>, or given by the sponsor, who orders in their own name.`)}`;
}

function sponsor({ bySponsor, sponsors, chosen, errors }: PersonOrderFacts): SafeHtml {
  const [only] = sponsors;
  if (bySponsor && only)
    return html`<input type="hidden" name="sponsorId" value="${only.id}"><p class="govuk-body">${t`You order as the sponsor: with the order you give your word that the agency knows this person.`}</p>`;
  return select({
    id: 'sponsorId',
    label: t`Sponsor`,
    hint: t`Who answers for the order at the agency. Somebody else than the person.`,
    value: chosen.sponsorId,
    options: [
      ...(sponsors.length > 1 ? [{ value: '', text: t`Choose a sponsor` }] : []),
      ...sponsors.map(({ id, name }) => ({ value: id, text: name })),
    ],
    ...errorOf(errors, 'sponsorId'),
  });
}

function replaced({ replaceable, chosen, errors }: PersonOrderFacts): SafeHtml | false {
  if (replaceable.length === 0) return false;
  return checkboxes({
    name: 'replaces',
    legend: t`Does it replace one of these?`,
    hint: t`The approvers see it, and the old one is shown as replaced. It stays good until its end or until somebody revokes it.`,
    options: replaceable.map(({ sha256, profile, notAfter }) => ({
      value: sha256,
      text: html`${profile}, ${t`until ${dayText(notAfter)}`}`,
    })),
    values: chosen.replaces,
    ...errorOf(errors, 'replaces'),
  });
}

/** What is seldom wanted; open when something of it was typed or is wrong. */
function more({ organizationNames, chosen, errors }: PersonOrderFacts): SafeHtml {
  const content = html`${
    organizationNames.length > 1 &&
    select({
      id: 'organizationName',
      label: t`Name of the agency in the certificate`,
      value: chosen.organizationName,
      options: organizationNames.map((name) => ({ value: name, text: name })),
      ...errorOf(errors, 'organizationName'),
    })
  }${textInput({
    id: 'validityDays',
    label: t`Days for which it is good, if other than usual`,
    hint: t`More than usual is an exception, which two operators approve.`,
    inputClass: 'govuk-input--width-5',
    value: chosen.validityDays,
    ...errorOf(errors, 'validityDays'),
  })}`;
  const open = chosen.validityDays !== '' || errors.some(({ field }) => field === 'validityDays');
  return open ? content : details(t`Other than usual`, content);
}
