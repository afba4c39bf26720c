import { html, type SafeHtml, t } from '@see/language';
import { successBanner } from '../../../components/notice.ts';
import { type TagColour, tag } from '../../../components/tag.ts';
import { dayText } from '../../../components/time.ts';
import { portalPage } from '../../../layout/portal-page.ts';
import { profileWords } from '../../../profile-words.ts';
import type { View } from '../../../view.ts';

export type OwnState = 'good' | 'held' | 'revoked' | 'expired';

/** A certificate as its holder sees it in the list. */
export interface OwnCertificate {
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly serial: string;
  readonly profile: string;
  /** Title of the profile, where there are no words of ours for it. */
  readonly title: string;
  readonly state: OwnState;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** From when on it can be renewed; undefined when it cannot, or was replaced already. */
  readonly renewFrom: Date | undefined;
  /** Whether the reader opened the page with it. */
  readonly shown: boolean;
}

export interface OwnPageFacts {
  readonly name: string;
  readonly agency: string | undefined;
  readonly certificates: readonly OwnCertificate[];
  readonly now: Date;
  /** What was just done with one of them. */
  readonly done: 'held' | 'revoked' | undefined;
}

/** The reader's certificates, those that count first. */
export function myPage(view: View, { name, agency, certificates, now, done }: OwnPageFacts): string {
  const [counting, over] = [certificates.filter(isCounting), certificates.filter((each) => !isCounting(each))];
  return portalPage(view, {
    title: t`My certificates`,
    place: 'my',
    home: view.urls.portal,
    content: html`${done && successBanner(DONE[done])}
<h1 class="govuk-heading-xl">${t`My certificates`}</h1>
<p class="govuk-body-l">${name}${agency && html`, ${agency}`}</p>
<h2 class="govuk-heading-l">${t`Certificates that you can use`}</h2>
${counting.length === 0 ? html`<p class="govuk-body see-empty">${t`None of your certificates is good today.`}</p>` : cards(counting, now)}
<ul class="govuk-list">
<li><a class="govuk-link" href="/my/record">${t`What we hold about you`}</a></li>
<li><a class="govuk-link" href="${view.urls.portal}/renew">${t`Renew a certificate`}</a></li>
<li><a class="govuk-link" href="${view.urls.portal}/recover">${t`Read old encrypted mail`}</a></li>
</ul>
${over.length > 0 && html`<h2 class="govuk-heading-l">${t`Certificates that are over`}</h2>${cards(over, now)}`}`,
  });
}

const DONE = {
  held: t`The certificate is suspended. Nobody accepts it any more until an operator releases it.`,
  revoked: t`The certificate is revoked. In a minute nobody accepts it any more.`,
} as const;

function isCounting({ state }: OwnCertificate): boolean {
  return state === 'good' || state === 'held';
}

function cards(certificates: readonly OwnCertificate[], now: Date): SafeHtml {
  return html`<ul class="see-cards">${certificates.map((each) => card(each, now))}</ul>`;
}

function card({ sha256, serial, profile, title, state, notAfter, renewFrom, shown }: OwnCertificate, now: Date) {
  return html`<li class="see-card"><h3 class="govuk-heading-m"><a class="govuk-link" href="/my/certificates/${sha256}">${profileWords(profile, title)}<span class="govuk-visually-hidden"> ${serial}</span></a></h3>
<p class="govuk-body">${stateTag(state)}</p>
<p class="govuk-body">${t`Valid until ${dayText(notAfter)}`}${renewFrom && state === 'good' && html`<br>${renewFrom <= now ? t`You can renew it now.` : t`Can be renewed from ${dayText(renewFrom)}`}`}${shown && html`<br>${t`You opened this page with it.`}`}</p></li>`;
}

/** The state of a certificate in the words of its holder. */
export function stateTag(state: OwnState): SafeHtml {
  return tag(STATES[state].text, STATES[state].colour);
}

const STATES: Readonly<Record<OwnState, { readonly text: SafeHtml; readonly colour: TagColour }>> = {
  good: { text: t`Good`, colour: 'green' },
  held: { text: t`Suspended`, colour: 'yellow' },
  revoked: { text: t`Revoked`, colour: 'red' },
  expired: { text: t`Expired`, colour: 'grey' },
};
