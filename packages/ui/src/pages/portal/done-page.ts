import { html, t } from '@see/language';
import { linkButton } from '../../components/button.ts';
import { insetText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { dayText } from '../../components/time.ts';
import { portalPage } from '../../layout/portal-page.ts';
import { profileWords } from '../../profile-words.ts';
import type { View } from '../../view.ts';
import { stepCaption } from './steps.ts';

/** What somebody may know who knows a certificate's fingerprint: no name. */
export interface FinishedCertificate {
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly serial: string;
  readonly profile: string;
  /** Title of the profile, where there are no words of ours for it. */
  readonly title: string;
  readonly notAfter: Date;
  /** From when on the holder can renew it. */
  readonly renewFrom: Date | undefined;
}

/** The end of the way: what to keep, when it ends, and how to be reminded. */
export function donePage(view: View, certificate: FinishedCertificate): string {
  const { sha256, serial, profile, title, notAfter, renewFrom } = certificate;
  return portalPage(view, {
    title: t`All done`,
    content: html`<div class="see-narrow">${stepCaption('done')}
<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${t`All done`}</h1><div class="govuk-panel__body">${t`Your reference`}<br><strong class="see-reference">${serial}</strong></div></div>
${summaryList([
  { key: t`Certificate`, value: profileWords(profile, title) },
  { key: t`Valid until`, value: dayText(notAfter) },
  { key: t`Can be renewed from`, value: renewFrom && dayText(renewFrom) },
])}
${linkButton(t`Put the dates into my calendar`, `/api/v1/certificates/${sha256}/renewal.ics`, 'secondary')}
<h2 class="govuk-heading-m">${t`What happens next`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`Before it ends, you get mails about a new one. Renewing takes five minutes: <a class="govuk-link" href="/renew">Renew a certificate</a>.`}</li>
<li>${t`Keep one copy of the file and its passphrase in a safe place, apart from each other.`}</li>
<li>${t`When the device or a file is lost, <a class="govuk-link" href="/revoke">report it at once</a>.`}</li>
</ul>
${insetText(t`You can see at any time what you have and what was done with it: <a class="govuk-link" href="/my">My certificates</a>.`)}</div>`,
  });
}
