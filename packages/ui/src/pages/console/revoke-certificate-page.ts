import { html, type SafeHtml, t } from '@see/language';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { warningText } from '../../components/notice.ts';
import { radios } from '../../components/radios.ts';
import { summaryList } from '../../components/summary-list.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { losses, reasonOptions, reasonText } from './revocation-words.ts';

/** The certificate that is about to be revoked. */
export interface RevokedFacts {
  readonly sha256: string;
  readonly title: string;
  readonly serial: string;
  readonly profile: string;
  readonly profileId: string;
  readonly agency: string;
  readonly notAfter: Date;
  readonly reasons: readonly string[];
  readonly mayHold: boolean;
  /** Good ones of the same holder, which stay good. */
  readonly others: readonly { readonly sha256: string; readonly profile: string }[];
  /** What was chosen. */
  readonly reason: string;
  readonly since: string;
  /** Whose it is, where the reader may declare what happened to them. */
  readonly holderId: string | undefined;
  readonly errors: readonly FieldError[];
}

/** The first step: why. Nothing happens yet, so it is a form that only leads on. */
export function chooseRevocationPage(view: View, reader: ConsoleReader, facts: RevokedFacts): string {
  const reasons = [...facts.reasons, ...(facts.mayHold ? ['certificateHold'] : [])];
  return consolePage(view, reader, {
    title: facts.mayHold ? t`Revoke or put on hold` : t`Revoke a certificate`,
    place: 'certificates',
    beforeContent: backLink(facts.title, `/console/certificates/${facts.sha256}`),
    content: html`<div class="see-narrow">${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${facts.mayHold ? t`Revoke or put on hold` : t`Revoke a certificate`}</h1>
${which(facts)}
<form method="get" action="/console/certificates/${facts.sha256}/revoke/confirm" novalidate>
${radios({ name: 'reason', legend: t`Why?`, options: reasonOptions(reasons), value: facts.reason, ...errorOf(facts.errors, 'reason') })}
${textInput({ id: 'since', label: t`In doubt since (optional)`, hint: t`The day from which signatures should not be trusted, if it was before today`, type: 'date', value: facts.since, ...errorOf(facts.errors, 'since') })}
${submitButton({ text: t`Show what it means` })}
</form></div>`,
  });
}

/** The second step: what it means, and the button that does it. */
export function confirmRevocationPage(view: View, reader: ConsoleReader, facts: RevokedFacts): string {
  const hold = facts.reason === 'certificateHold';
  const own = `/console/certificates/${facts.sha256}`;
  return consolePage(view, reader, {
    title: hold ? t`Put this certificate on hold?` : t`Revoke this certificate?`,
    place: 'certificates',
    beforeContent: backLink(t`Choose another reason`, `${own}/revoke?reason=${facts.reason}&since=${facts.since}`),
    content: html`<div class="see-narrow">${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${hold ? t`Put this certificate on hold?` : t`Revoke this certificate?`}</h1>
${which(facts)}
${summaryList(
  [
    { key: t`Reason`, value: reasonText(facts.reason) },
    { key: t`In doubt since`, value: facts.since !== '' && dayText(new Date(facts.since)) },
  ],
  'see-dense',
)}
<h2 class="govuk-heading-m">${t`What stops working`}</h2>
<ul class="govuk-list govuk-list--bullet">${losses(facts.profileId).map((text) => html`<li>${text}</li>`)}${facts.reason === 'keyCompromise' && html`<li>${t`The key is never certified again, in whatever request it comes.`}</li>`}</ul>
<h2 class="govuk-heading-m">${t`From when, and who is told`}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>${t`OCSP says so within a second, the revocation list within a minute. Programs that keep an older answer believe it until it is over.`}</li>
<li>${t`Everybody who checks the certificate learns of it, with the reason. No mail is sent: tell the holder yourself.`}</li>
<li>${t`It stays in the audit log, with your name.`}</li>
</ul>
<h2 class="govuk-heading-m">${t`What to do next`}</h2>
${next(facts, hold)}
${hold ? html`<p class="govuk-body">${t`An operator’s signature makes it good again; after 30 days on hold, that takes two.`}</p>` : warningText(t`This cannot be undone.`)}
<form method="post" action="${own}/${hold ? 'hold' : 'revoke'}">
<input type="hidden" name="formToken" value="${reader.formToken}">
${!hold && html`<input type="hidden" name="reason" value="${facts.reason}"><input type="hidden" name="since" value="${facts.since}">`}
<p class="govuk-button-group">${submitButton({ text: hold ? t`Put on hold` : t`Revoke for good`, look: 'warning' })}${linkButton(t`Do nothing`, own, 'secondary')}</p>
</form></div>`,
  });
}

function which({ title, profile, agency, serial, notAfter }: RevokedFacts): SafeHtml {
  return summaryList(
    [
      { key: t`Certificate`, value: html`${title}<br>${profile}` },
      { key: t`Agency`, value: agency },
      { key: t`Serial number`, value: html`<span class="see-serial">${serial}</span>` },
      { key: t`Valid until`, value: dayText(notAfter) },
    ],
    'see-dense',
  );
}

function next({ others, holderId }: RevokedFacts, hold: boolean): SafeHtml {
  return html`<ul class="govuk-list govuk-list--bullet">
${!hold && html`<li>${t`If the holder goes on working, have a new certificate ordered: revoking orders nothing.`}</li>`}
${
  others.length > 0 &&
  html`<li>${t`These certificates of the same holder stay good. Look whether they are affected too:`}
<ul class="govuk-list govuk-list--bullet">${others.map(({ sha256, profile }) => html`<li><a class="govuk-link" href="/console/certificates/${sha256}">${profile}</a></li>`)}</ul></li>`
}
${holderId !== undefined && html`<li>${t`If the person leaves or loses a device, <a class="govuk-link" href="/console/people/${holderId}/declare">declare that instead</a>: it ends all that is affected at once.`}</li>`}
</ul>`;
}
