import { backLink } from '../../components/back-link.ts';
import { insetText } from '../../components/notice.ts';
import { html, type SafeHtml } from '../../html.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';

export const INSTALL_DEVICES = ['windows', 'apple', 'android', 'firefox', 'linux'] as const;
export type InstallDevice = (typeof INSTALL_DEVICES)[number];

interface Guide {
  readonly title: string;
  readonly summary: string;
  readonly steps: readonly string[];
  readonly check: string;
  readonly wrong: string;
}

const GUIDES: Readonly<Record<InstallDevice, Guide>> = {
  windows: {
    title: 'Windows',
    summary: 'Edge, Chrome and Outlook use the certificates of Windows.',
    steps: [
      'Open the folder with the file (usually Downloads) and open the .p12 file with a double click. The Certificate Import Wizard starts.',
      'Leave Current User selected and choose Next twice.',
      'Type or paste the passphrase, with its dashes. Leave both boxes about exporting and strong protection as your service desk told you; without advice leave them off. Choose Next.',
      'Leave "Automatically select the certificate store" selected, choose Next, then Finish.',
      'Restart Edge, Chrome or Outlook.',
    ],
    check:
      'Press the Windows key, type "Manage user certificates", open Personal, then Certificates: your name is in the list.',
    wrong:
      'Windows 7, 8 and early versions of Windows 10 say that the password is incorrect. Use the form of the file for older systems.',
  },
  apple: {
    title: 'iPhone, iPad and Mac',
    summary: 'Safari and Mail use the certificates of the system.',
    steps: [
      'On a Mac: open the .p12 file with a double click. Keychain Access asks for a keychain: choose login. Type the passphrase with its dashes.',
      'On an iPhone or iPad: open the .p12 file in Files. The message "Profile Downloaded" appears.',
      'Open Settings; near the top, tap Profile Downloaded, then Install. Enter the device code, then the passphrase with its dashes.',
      'For signed mail on an iPhone: Settings, Apps, Mail, Accounts, your account, Advanced, Sign.',
    ],
    check:
      'Mac: Keychain Access, My Certificates. iPhone: Settings, General, VPN & Device Management: your name is in the list.',
    wrong:
      '"Wrong password" mostly means that this version does not read the form of the file. Use the one for older Apple, Android and Windows, which has the same key and passphrase.',
  },
  android: {
    title: 'Android',
    summary: 'Chrome and mail programs use the certificates of the system.',
    steps: [
      'Open Settings and search for "Install a certificate" (Security, Encryption & credentials).',
      'Choose "VPN & app user certificate" and select the .p12 file from Downloads.',
      'Type the passphrase with its dashes and give the certificate a name.',
      'Android may ask you to set a screen lock first. That is meant so.',
    ],
    check: 'Settings, Security, Encryption & credentials, User credentials: your certificate is in the list.',
    wrong:
      'Android 12 and older say that the password is wrong for the modern form. Use the one for older Apple, Android and Windows.',
  },
  firefox: {
    title: 'Firefox and Thunderbird',
    summary: 'Both keep certificates of their own, apart from those of the system.',
    steps: [
      'Open Settings, then Privacy & Security. At the bottom, under Certificates, choose View Certificates.',
      'On the tab Your Certificates choose Import and select the .p12 file.',
      'Type or paste the passphrase with its dashes.',
      'For mail in Thunderbird: Account Settings, End-To-End Encryption, S/MIME, select your certificates for signing and for encryption.',
    ],
    check: 'Your name is on the tab Your Certificates.',
    wrong:
      'Check that the dashes are part of what you typed. Very old versions need the form of the file for older systems.',
  },
  linux: {
    title: 'Other systems and the command line',
    summary: 'Chrome on Linux uses the NSS store in your home folder.',
    steps: [
      'Put the certificate into the store of Chrome: pk12util -d sql:$HOME/.pki/nssdb -i user-auth.p12',
      'Or make PEM files: openssl pkcs12 -in user-auth.p12 -out user-auth.pem',
      'With curl: curl --cert user-auth.p12 --cert-type P12 --pass PASSPHRASE https://…',
    ],
    check: 'certutil -L -d sql:$HOME/.pki/nssdb lists your name with u,u,u.',
    wrong: 'Programs older than OpenSSL 1.1 need the form of the file for older systems.',
  },
};

/** Which device: one page with a choice, then steps for that device alone. */
export function installIndexPage(view: View): string {
  return portalPage(view, {
    title: 'Install a certificate',
    place: 'install',
    content: html`<h1 class="govuk-heading-xl">Install a certificate</h1>
<p class="govuk-body-l">You need the .p12 file and its passphrase. Where do you want to use it?</p>
<ul class="see-cards">
${INSTALL_DEVICES.map((device) => html`<li class="see-card"><h2 class="govuk-heading-m"><a class="govuk-link" href="/install/${device}">${GUIDES[device].title}</a></h2><p class="govuk-body">${GUIDES[device].summary}</p></li>`)}
</ul>
<h2 class="govuk-heading-m">Our root certificate</h2>
<p class="govuk-body">Managed devices trust our root already. On others, install the <a class="govuk-link" href="${view.urls.va}/ca/root.cer">root certificate</a> only after you compared its fingerprint with the one on the <a class="govuk-link" href="/">start page</a> and on paper.</p>`,
  });
}

/** The steps for one device. */
export function installPage(view: View, device: InstallDevice): string {
  const guide = GUIDES[device];
  return portalPage(view, {
    title: `Install on ${guide.title}`,
    place: 'install',
    beforeContent: backLink('Another device', '/install'),
    content: html`<div class="see-narrow"><h1 class="govuk-heading-xl">${guide.title}</h1>
<p class="govuk-body-l">${guide.summary}</p>
<ol class="govuk-list govuk-list--number govuk-list--spaced">${guide.steps.map((step): SafeHtml => html`<li>${step}</li>`)}</ol>
<h2 class="govuk-heading-m">Is it there?</h2>
<p class="govuk-body">${guide.check}</p>
${insetText(html`<h2 class="govuk-heading-s">It says that the password is wrong</h2><p class="govuk-body">${guide.wrong}</p>`)}
<p class="govuk-body">Then delete the file from Downloads, and keep one copy with its passphrase in a safe place.</p></div>`,
  });
}
