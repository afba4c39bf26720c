import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../../components/back-link.ts';
import { submitButton } from '../../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../../components/error-summary.ts';
import { insetText, warningText } from '../../../components/notice.ts';
import { radios } from '../../../components/radios.ts';
import { summaryList } from '../../../components/summary-list.ts';
import { errorMessage } from '../../../components/text-input.ts';
import { dayText, momentHtml } from '../../../components/time.ts';
import { portalPage } from '../../../layout/portal-page.ts';
import { profileUse, profileWords } from '../../../profile-words.ts';
import type { View } from '../../../view.ts';
import { type OwnCertificate, stateTag } from './my-page.ts';

/** Something that was done with a certificate. */
export interface OwnEvent {
  readonly kind: 'issued' | 'replaced' | 'hold' | 'release' | 'revoke';
  readonly at: Date;
  /** The reason of a hold or revocation by its name in RFC 5280. */
  readonly reason?: string;
  /** Who did it; the reader where `own` says so, undefined where nobody is known by name. */
  readonly by?: string | undefined;
  readonly own?: boolean;
}

export interface OwnCertificateFacts {
  readonly certificate: OwnCertificate;
  readonly history: readonly OwnEvent[];
  /** Whether its kind can be suspended. */
  readonly mayHold: boolean;
  /** Whether a copy of its key is kept; undefined where that is no question. */
  readonly copyKept: boolean | undefined;
  /** Openings of the copy that the reader is told of. */
  readonly recoveries: readonly { readonly state: string; readonly at: Date }[];
  readonly errors: readonly FieldError[];
  readonly chosen: string | undefined;
}

/** One certificate of the reader: what it is, what was done with it, and the two things that they can do at once. */
export function myCertificatePage(view: View, facts: OwnCertificateFacts): string {
  const { certificate, errors } = facts;
  const { profile, title, serial, state, notBefore, notAfter, renewFrom, sha256 } = certificate;
  return portalPage(view, {
    title: profileWords(profile, title),
    place: 'my',
    home: view.urls.portal,
    beforeContent: backLink(t`My certificates`, '/my'),
    content: html`<div class="see-narrow">${errorSummary(errors)}
<h1 class="govuk-heading-xl">${profileWords(profile, title)}</h1>
<p class="govuk-body-l">${profileUse(profile)}</p>
${summaryList([
  { key: t`State`, value: stateTag(state) },
  { key: t`Reference`, value: html`<span class="see-serial">${serial}</span>` },
  { key: t`Valid from`, value: dayText(notBefore) },
  { key: t`Valid until`, value: dayText(notAfter) },
  { key: t`Can be renewed from`, value: renewFrom && dayText(renewFrom) },
  { key: t`Copy of the key`, value: copyWords(facts.copyKept) },
])}
<p class="govuk-body"><a class="govuk-link" href="/api/v1/certificates/${sha256}/renewal.ics">${t`Put the dates into my calendar`}</a></p>
<h2 class="govuk-heading-m">${t`What was done with it`}</h2>
<ol class="see-history">${facts.history.map(eventItem)}</ol>
${facts.recoveries.length > 0 && html`<h2 class="govuk-heading-m">${t`Requests for the copy of its key`}</h2><ul class="govuk-list govuk-list--bullet">${facts.recoveries.map(({ state: stage, at }) => html`<li>${momentHtml(at)}: ${RECOVERY[stage] ?? stage}</li>`)}</ul>`}
${(state === 'good' || state === 'held') && actions(facts)}</div>`,
  });
}

function copyWords(kept: boolean | undefined): SafeHtml | undefined {
  if (kept === undefined) return undefined;
  return kept ? t`One is kept for your agency` : t`None is kept`;
}

function eventItem({ kind, at, reason, by, own }: OwnEvent): SafeHtml {
  if (kind === 'issued') return eventLine(by ? t`Issued, ordered by ${by}` : t`Issued`, undefined, at);
  const who = own ? t`by you` : by ? t`by ${by}` : undefined;
  const why = reason && kind !== 'release' && kind !== 'hold' ? REASONS[reason] : undefined;
  return eventLine(html`${EVENTS[kind]}${who && html` ${who}`}`, why, at);
}

function eventLine(what: HtmlValue, why: HtmlValue, at: Date): SafeHtml {
  return html`<li class="see-history__item"><strong>${what}</strong>${why && html`<br>${why}`}<br><span class="see-muted">${momentHtml(at)}</span></li>`;
}

const EVENTS: Readonly<Record<Exclude<OwnEvent['kind'], 'issued'>, SafeHtml>> = {
  replaced: t`Replaced by a new one`,
  hold: t`Suspended`,
  release: t`Released, so that it counts again`,
  revoke: t`Revoked`,
};

const REASONS: Readonly<Record<string, SafeHtml>> = {
  unspecified: t`No reason was given.`,
  keyCompromise: t`Because somebody else may have the key.`,
  affiliationChanged: t`Because name, agency or work changed.`,
  superseded: t`Because there is a new one.`,
  cessationOfOperation: t`Because it is not needed any more.`,
  privilegeWithdrawn: t`Because the right to it ended.`,
};

const RECOVERY: Readonly<Record<string, SafeHtml>> = {
  requested: t`asked for; two agents have to decide`,
  'approved-1': t`one agent agreed; another one has to decide`,
  'approved-2': t`two agents agreed; it is being opened`,
  released: t`the key was released`,
  closed: t`the key was released, and the matter is closed`,
  refused: t`refused`,
  expired: t`not decided in time`,
};

function actions({ certificate, mayHold, errors, chosen }: OwnCertificateFacts): SafeHtml {
  const at = `/my/certificates/${certificate.sha256}`;
  const sure = errorOf(errors, 'sure').error;
  return html`${
    mayHold &&
    certificate.state === 'good' &&
    html`<h2 class="govuk-heading-m">${t`Suspend it`}</h2>
<p class="govuk-body">${t`For when you may find it again. Nobody accepts it from now on; an operator releases it when you say so. After 30 days two operators have to.`}</p>
${certificate.shown && insetText(t`You opened this page with it, so you cannot open it again until it is released.`)}
<form method="post" action="${at}/hold" novalidate>${submitButton({ text: t`Suspend it now`, look: 'secondary' })}</form>`
  }
<h2 class="govuk-heading-m">${t`Revoke it`}</h2>
<p class="govuk-body">${CONSEQUENCES[certificate.profile] ?? t`Nobody accepts it from now on.`}</p>
<form method="post" action="${at}/revoke" novalidate>
${radios({
  name: 'reason',
  legend: t`Why?`,
  small: true,
  options: [
    {
      value: 'keyCompromise',
      text: t`Somebody else may have the key, the file or the passphrase`,
      hint: t`The key is never certified again, and readers of the revocation list see that it was stolen.`,
    },
    { value: 'superseded', text: t`I have a new one`, hint: t`Only when the new one is installed everywhere.` },
    { value: 'cessationOfOperation', text: t`I do not need it any more` },
  ],
  ...(chosen === undefined ? {} : { value: chosen }),
  ...errorOf(errors, 'reason'),
})}
${warningText(t`It cannot be undone. You need a new order by your sponsor to get another one.`)}
<div class="govuk-form-group ${sure && 'govuk-form-group--error'}">${sure && errorMessage('sure', sure)}<div class="see-tick"><input type="checkbox" id="sure" name="sure" value="yes"${sure && html` aria-describedby="sure-error"`}><label class="govuk-label" for="sure">${t`Yes, revoke this certificate for good`}</label></div></div>
${submitButton({ text: t`Revoke it now`, look: 'warning' })}
</form>`;
}

const CONSEQUENCES: Readonly<Record<string, SafeHtml>> = {
  'user-auth': t`In a minute no website or service accepts it any more, these pages included.`,
  'user-sign': t`In a minute your signatures with it no longer count for those who check them; mail that you signed before shows a warning in some programs.`,
  'user-encrypt': t`Others can no longer encrypt mail to you with it. You still open the mail that you have: keep the file.`,
};

/** What is missing in the form. */
export function revokeErrors(reason: boolean, sure: boolean): FieldError[] {
  return [
    ...(reason ? [] : [{ field: 'reason', text: t`Choose why it is to be revoked.` }]),
    ...(sure ? [] : [{ field: 'sure', text: t`Tick the box: it cannot be undone.` }]),
  ];
}
