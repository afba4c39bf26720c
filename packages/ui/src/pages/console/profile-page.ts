import { html, type SafeHtml, t } from '@see/language';
import type { Profile } from '@see/policy';
import { backLink } from '../../components/back-link.ts';
import { command, fingerprint } from '../../components/command.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { changedFacts, PROFILE_FACTS } from './profile-words.ts';

/** A version of a profile, and whether it is the one in force. */
export interface ProfileVersion {
  readonly profile: Profile;
  readonly active: boolean;
}

/** The profiles in force. */
export function profilesPage(view: View, reader: ConsoleReader, profiles: readonly Profile[]): string {
  return consolePage(view, reader, {
    title: t`Profiles`,
    content: html`<h1 class="govuk-heading-l">${t`Profiles`}</h1>
<p class="govuk-body">${t`A profile says what one kind of certificate looks like and who has to agree. Two administrators sign each version.`}</p>
${table({
  caption: t`Profiles`,
  hideCaption: true,
  head: [t`Profile`, t`Issued by`, t`Valid for`, t`Approvals needed`, t`Version`],
  rows: profiles.map(({ id, title, ca, validityDays, quorum, version }) => [
    html`<a class="govuk-link" href="/console/profiles/${id}">${title}</a><br><span class="see-muted see-serial">${id}</span>`,
    ca === 'any' ? t`each CA` : `CA ${ca}`,
    t`${validityDays} days`,
    quorum,
    version,
  ]),
  empty: t`No profile is in force.`,
})}
${howToActivate()}`,
  });
}

/** A profile in plain language, its versions, and what changed between two of them. */
export function profilePage(
  view: View,
  reader: ConsoleReader,
  facts: {
    readonly shown: ProfileVersion;
    readonly against: Profile | undefined;
    readonly versions: readonly ProfileVersion[];
  },
): string {
  const { shown, against, versions } = facts;
  const { profile } = shown;
  return consolePage(view, reader, {
    title: profile.title,
    beforeContent: backLink(t`Profiles`, '/console/profiles'),
    content: html`<h1 class="govuk-heading-l">${profile.title}</h1>
<p class="govuk-body">${t`Version ${profile.version}`} ${shown.active ? tag(t`In force`, 'green') : tag(t`Not in force`, 'grey')}</p>
${against && profileDifferences(against, profile)}
<h2 class="govuk-heading-m">${t`What it says`}</h2>
${summaryList(
  [
    ...PROFILE_FACTS.map(({ key, words }) => ({ key, value: words(profile) })),
    { key: t`Digest`, value: fingerprint(profile.digest) },
  ],
  'see-dense',
)}
${table({
  caption: t`Versions`,
  head: [t`Version`, t`State`, t`Compare`],
  rows: versions.map((one) => [
    html`<a class="govuk-link" href="/console/profiles/${profile.id}?version=${one.profile.version}">${one.profile.version}</a>`,
    one.active ? tag(t`In force`, 'green') : tag(t`Not in force`, 'grey'),
    one.profile.version !== profile.version &&
      html`<a class="govuk-link" href="/console/profiles/${profile.id}?version=${profile.version}&amp;against=${one.profile.version}">${t`Compare with this one`}<span class="govuk-visually-hidden"> (${one.profile.version})</span></a>`,
  ]),
  empty: '',
})}
${howToActivate()}`,
  });
}

/** What differs between two versions, in words. */
export function profileDifferences(before: Profile, after: Profile): SafeHtml {
  return table({
    caption: t`What differs between version ${before.version} and version ${after.version}`,
    head: [t`What`, t`Version ${before.version}`, t`Version ${after.version}`],
    rows: changedFacts(before, after).map(({ key, words }) => [key, words(before), words(after)]),
    empty: t`The two versions say the same.`,
  });
}

function howToActivate(): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Change a profile`}</h2>
<ol class="govuk-list govuk-list--number govuk-list--spaced">
<li>${t`Write the new version into a file, and compare it with the one in force:`}${command('see profile diff FILE.json')}</li>
<li>${t`An administrator proposes it. It then waits under <a class="govuk-link" href="/console/statements">Statements</a>, where everybody can read what would change:`}${command('see profile activate FILE.json')}</li>
<li>${t`Two administrators read it and sign it, each with their own key on their own machine. With the second signature it is in force:`}${command('see statement sign DIGEST --key FILE')}</li>
</ol>`;
}
