import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../../components/back-link.ts';
import { linkButton } from '../../../components/button.ts';
import { insetText } from '../../../components/notice.ts';
import { portalPage } from '../../../layout/portal-page.ts';
import type { View } from '../../../view.ts';
import { stepCaption } from '../steps.ts';
import { INSTALL_DEVICES, type InstallDevice, type InstallStep, installGuide } from './install-guides.ts';

/** A reader who comes from the enrolment: which certificate they have just got. */
export interface InstallOnward {
  /** SHA-256, hex. */
  readonly certificate: string;
  /** Whether it signs in, so that it can be tried out at once. */
  readonly signsIn: boolean;
}

/** Which device: one page with a choice, then steps for that device alone. */
export function installIndexPage(view: View, onward?: InstallOnward): string {
  const query = onward ? `?certificate=${onward.certificate}` : '';
  return portalPage(view, {
    title: t`Install a certificate`,
    place: 'install',
    content: html`<h1 class="govuk-heading-xl">${t`Install a certificate`}</h1>
<p class="govuk-body-l">${t`You need the .p12 file and its passphrase. Where do you want to use it?`}</p>
<ul class="see-cards">
${INSTALL_DEVICES.map((device) => html`<li class="see-card"><h2 class="govuk-heading-m"><a class="govuk-link" href="/install/${device}${query}">${installGuide(device).title}</a></h2><p class="govuk-body">${installGuide(device).summary}</p></li>`)}
</ul>
<h2 class="govuk-heading-m">${t`Our root certificate`}</h2>
<p class="govuk-body">${t`Managed devices trust our root already. On others, install the <a class="govuk-link" href="${view.urls.va}/ca/root.cer">root certificate</a> only after you compared its fingerprint with the one on the <a class="govuk-link" href="/">start page</a> and on paper.`}</p>`,
  });
}

/** The steps for one device, and on to the test where the reader comes from the enrolment. */
export function installPage(view: View, device: InstallDevice, onward?: InstallOnward): string {
  const guide = installGuide(device);
  return portalPage(view, {
    title: t`Install on ${guide.title}`,
    place: 'install',
    beforeContent: backLink(t`Another device`, onward ? `/install?certificate=${onward.certificate}` : '/install'),
    content: html`<div class="see-narrow">${onward && stepCaption('install')}<h1 class="govuk-heading-xl">${t`Install`}: ${guide.title}</h1>
<p class="govuk-body-l">${guide.summary}</p>
<ol class="see-steps">${guide.steps.map((each) => html`<li class="see-steps__step">${stepParts(each)}</li>`)}</ol>
<h2 class="govuk-heading-m">${t`Is it there?`}</h2>
<div class="see-steps__step">${stepParts(guide.check)}</div>
${insetText(html`<h2 class="govuk-heading-s">${t`It says that the password is wrong`}</h2><p class="govuk-body">${guide.wrong}</p>`)}
<p class="govuk-body">${t`Then delete the file from Downloads, and keep one copy with its passphrase in a safe place.`}</p>
${onward ? next(onward) : html`<p class="govuk-body"><a class="govuk-link" href="/test">${t`Test whether it works`}</a></p>`}</div>`,
  });
}

function stepParts({ text, picture }: InstallStep): SafeHtml {
  return html`<p class="govuk-body">${text}</p>${picture}`;
}

function next({ certificate, signsIn }: InstallOnward): SafeHtml {
  return signsIn
    ? linkButton(t`Continue: test it`, `/test?certificate=${certificate}`)
    : linkButton(t`Continue`, `/done/${certificate}`);
}
