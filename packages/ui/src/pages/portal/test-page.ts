import { html, t } from '@see/language';
import { linkButton } from '../../components/button.ts';
import { details, insetText } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { dayText } from '../../components/time.ts';
import { portalPage } from '../../layout/portal-page.ts';
import type { View } from '../../view.ts';
import { choosePicture } from './install/pictures.ts';
import { stepCaption } from './steps.ts';

export interface TestOffer {
  /** Address of the page that asks for the certificate; undefined while that port is closed. */
  readonly at: string | undefined;
  /** SHA-256 of the certificate that a reader has just got. */
  readonly certificate: string | undefined;
}

/** What will happen when the browser is asked for a certificate, before it is. */
export function testPage(view: View, { at, certificate }: TestOffer): string {
  return portalPage(view, {
    title: t`Test your certificate`,
    place: 'install',
    content: html`<div class="see-narrow">${certificate && stepCaption('test')}<h1 class="govuk-heading-xl">${t`Test your certificate`}</h1>
<p class="govuk-body-l">${t`The next page asks your browser for the certificate and greets you by name when it works.`}</p>
<div class="see-steps__step"><p class="govuk-body">${t`The browser shows the certificates that you have. Choose the one with your name and confirm.`}</p>
${choosePicture(t`Drawing: the browser asks which certificate to show; the first one is marked.`)}</div>
${at ? linkButton(t`Test it now`, at) : insetText(t`The test is not open at the moment. Your certificate is not affected; try again later.`)}
${details(t`The browser warns of the site, or asks for nothing`, html`<p class="govuk-body">${t`A warning means that this device does not trust our root certificate yet: see <a class="govuk-link" href="/install">Install a certificate</a>. When nothing is asked, the certificate is not installed in this browser; close all its windows, open it again and repeat.`}</p>`)}
${certificate && html`<p class="govuk-body"><a class="govuk-link" href="/done/${certificate}">${t`Continue without the test`}</a></p>`}</div>`,
  });
}

/** The certificate that a browser showed, and whose it is. */
export interface Greeted {
  readonly name: string;
  readonly serial: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly notAfter: Date;
  /** Whether it is a personal one, which opens the reader's own pages. */
  readonly personal: boolean;
}

/** Greets the holder by name: the certificate works. */
export function greetingPage(view: View, { name, serial, sha256, notAfter, personal }: Greeted): string {
  const home = view.urls.portal;
  return portalPage(view, {
    title: t`Your certificate works`,
    home,
    content: html`<div class="see-narrow">
<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${t`Kia ora, ${name}`}</h1><div class="govuk-panel__body">${t`Your certificate works`}</div></div>
${summaryList([
  { key: t`Valid until`, value: dayText(notAfter) },
  { key: t`Reference`, value: html`<span class="see-serial">${serial}</span>` },
])}
${linkButton(t`Continue`, `${home}/done/${sha256}`)}
<p class="govuk-body">${personal ? html`<a class="govuk-link" href="/my">${t`Open my certificates`}</a>` : html`<a class="govuk-link" href="/console/sign-in">${t`Sign in to the console`}</a>`}</p></div>`,
  });
}
