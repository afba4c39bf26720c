import type { WordedExtension } from '../../certificate-in-words.ts';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { errorOf, errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, insetText, successBanner } from '../../components/notice.ts';
import { type RadioOption, radios } from '../../components/radios.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { textInput } from '../../components/text-input.ts';
import { dayText, distanceText, momentHtml } from '../../components/time.ts';
import { type HtmlValue, html, type SafeHtml, t } from '../../html.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { certificateTag } from './states.ts';

export interface CertificateFacts {
  readonly now: Date;
  readonly sha256: string;
  readonly serial: string;
  readonly title: string;
  readonly ca: string;
  readonly profile: string;
  readonly agency: string;
  readonly orderId: string | null;
  readonly subjectLines: readonly string[];
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spkiSha256: string;
  readonly key: string;
  readonly extensions: readonly WordedExtension[];
  readonly status: { readonly kind: string; readonly reason?: string; readonly since?: string };
  /** When its holder can renew it, what has taken its place, and whether the directory waits for the holder. */
  readonly renewal: {
    readonly opensAt: Date | undefined;
    readonly supersededBy: string | undefined;
    readonly overlapEndsAt: Date | undefined;
    readonly waits: boolean;
  };
  readonly pem: string;
  /** The subjects of the certificates above, the issuer first. */
  readonly chain: readonly string[];
  readonly history: readonly {
    readonly kind: string;
    readonly reason: string;
    readonly at: Date;
    readonly requestedBy: string;
  }[];
  /** What the reader may do; undefined for nothing. */
  readonly change: CertificateChange | undefined;
  readonly done: string | undefined;
  readonly errors: readonly FieldError[];
}

/** The ways in which this certificate's status may be changed now. */
export interface CertificateChange {
  readonly reasons: readonly string[];
  readonly mayHold: boolean;
  readonly needsTwo: boolean;
}

const REASON_HELP: Readonly<Record<string, string>> = {
  keyCompromise:
    'Somebody else has, or may have, the private key. The key is never certified again. When in doubt, this one.',
  affiliationChanged: 'The person has left the agency or the name has changed.',
  superseded: 'A newer certificate has taken its place; the key is not in doubt.',
  cessationOfOperation: 'The gateway or server is no longer used.',
  privilegeWithdrawn: 'The agency or an operator took the right away.',
  unspecified: 'None of the others.',
};

/** A certificate in words: what it says, how it stands, what has happened to it and what can be done. */
export function certificatePage(view: View, reader: ConsoleReader, facts: CertificateFacts): string {
  return consolePage(view, reader, {
    title: facts.title,
    place: 'certificates',
    beforeContent: backLink('Certificates', '/console/certificates'),
    content: html`${facts.done && successBanner(facts.done)}${errorSummary(facts.errors)}
<h1 class="govuk-heading-l">${facts.title}</h1>
<p class="govuk-body">${certificateTag(facts.status.kind)} ${statusText(facts)}</p>
<p class="govuk-button-group see-actions">${linkButton('Download PEM with chain', `/console/certificates/${facts.sha256}/file.pem`)}${linkButton('DER', `/console/certificates/${facts.sha256}/file.cer`, 'secondary')}${linkButton('PKCS#7', `/console/certificates/${facts.sha256}/file.p7c`, 'secondary')}</p>
<div class="see-columns"><div>
${whatItSays(facts)}
${details('PEM', html`<pre class="see-command__text" tabindex="0">${facts.pem}</pre>`)}
<h2 class="govuk-heading-m">Chain</h2>
<ol class="govuk-list govuk-list--number">${facts.chain.map((subject) => html`<li>${subject}</li>`)}</ol>
</div><div>
${changeForms(facts, reader)}
${history(facts)}
</div></div>`,
  });
}

function statusText(facts: CertificateFacts): HtmlValue {
  const { kind, reason, since } = facts.status;
  if (kind === 'good') return t`until ${dayText(facts.notAfter)}, ${distanceText(facts.notAfter, facts.now)}`;
  return since === undefined
    ? distanceText(facts.notAfter, facts.now)
    : html`since ${momentHtml(new Date(since))}: ${reason}`;
}

function renewal({ renewal: { opensAt, supersededBy, overlapEndsAt, waits } }: CertificateFacts): HtmlValue {
  return [
    opensAt && html`<p class="govuk-body">By its holder from ${momentHtml(opensAt)}</p>`,
    supersededBy &&
      html`<p class="govuk-body">Superseded by <a class="govuk-link see-serial" href="/console/certificates/${supersededBy}">another one</a>${overlapEndsAt && html`; both are good until ${momentHtml(overlapEndsAt)}`}</p>`,
    waits && html`<p class="govuk-body">The directory waits until its holder has confirmed it (see cert confirm)</p>`,
  ];
}

function whatItSays(facts: CertificateFacts): SafeHtml {
  const mono = (text: string): SafeHtml => html`<span class="see-serial">${text}</span>`;
  return html`<h2 class="govuk-heading-m">What it says</h2>${summaryList(
    [
      { key: 'Subject', value: lines(facts.subjectLines) },
      { key: 'Alternative names', value: lines(facts.names) },
      { key: 'Agency', value: facts.agency },
      { key: 'Profile', value: facts.profile },
      { key: 'Issued by', value: `CA ${facts.ca}` },
      { key: 'Valid', value: html`${momentHtml(facts.notBefore)} to ${momentHtml(facts.notAfter)}` },
      { key: 'Renewal', value: renewal(facts) },
      { key: 'Serial number', value: mono(facts.serial) },
      { key: 'SHA-256', value: fingerprint(facts.sha256) },
      { key: 'Key', value: html`${facts.key}<br>${fingerprint(facts.spkiSha256)}` },
      {
        key: 'Order',
        value:
          facts.orderId !== null &&
          html`<a class="govuk-link see-serial" href="/console/orders/${facts.orderId}">${facts.orderId}</a>`,
      },
      ...facts.extensions.map(({ name, critical, lines: texts }) => ({
        key: name,
        value: html`${lines(texts)}${critical && html` <span class="see-muted">(critical)</span>`}`,
      })),
    ],
    'see-dense',
  )}`;
}

function lines(texts: readonly string[]): HtmlValue {
  return texts.map((text, index) => html`${index > 0 && html`<br>`}${text}`);
}

function changeForms(facts: CertificateFacts, reader: ConsoleReader): HtmlValue {
  const { change, status } = facts;
  if (!change || status.kind === 'revoked' || status.kind === 'expired') return undefined;
  if (change.needsTwo) {
    return html`<h2 class="govuk-heading-m">Revoke</h2>${insetText(html`<p class="govuk-body">Certificates of this profile carry the mail of a whole agency. Two operators sign their revocation:</p>`)}${command(`see cert revoke ${facts.serial} --reason keyCompromise --key FILE1 FILE2`)}`;
  }
  return [
    status.kind === 'held' && release(facts),
    revokeForm(facts, change, reader),
    status.kind === 'good' && change.mayHold && holdForm(facts, reader),
  ];
}

function release(facts: CertificateFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">Release</h2><p class="govuk-body">Making it good again is a signature by an operator; after 30 days on hold, by two.</p>${command(`see cert release ${facts.serial} --key FILE`)}`;
}

function revokeForm(facts: CertificateFacts, change: CertificateChange, reader: ConsoleReader): SafeHtml {
  const options: RadioOption[] = reasonsInOrder(change.reasons).map((reason) => ({
    value: reason,
    text: words(reason),
    hint: REASON_HELP[reason],
  }));
  return html`<h2 class="govuk-heading-m">Revoke</h2>
<form method="post" action="/console/certificates/${facts.sha256}/revoke" novalidate>
<input type="hidden" name="formToken" value="${reader.formToken}">
${radios({ name: 'reason', legend: 'Why?', options, small: true, ...errorOf(facts.errors, 'reason') })}
${textInput({ id: 'since', label: 'In doubt since (optional)', hint: 'The day from which signatures should not be trusted, if it was before today', type: 'date', ...errorOf(facts.errors, 'since') })}
<p class="govuk-body">It takes effect within a second and cannot be undone.</p>
${submitButton({ text: 'Revoke for good', look: 'warning' })}
</form>`;
}

function holdForm(facts: CertificateFacts, reader: ConsoleReader): SafeHtml {
  return html`<h2 class="govuk-heading-m">Put on hold</h2>
<form method="post" action="/console/certificates/${facts.sha256}/hold">
<input type="hidden" name="formToken" value="${reader.formToken}">
<p class="govuk-body">For a key that is missing and may turn up. An operator's signature makes it good again.</p>
${submitButton({ text: 'Put on hold', look: 'secondary' })}
</form>`;
}

function history(facts: CertificateFacts): SafeHtml {
  return table({
    caption: 'History',
    head: ['What', 'When', 'Who'],
    rows: [
      ...facts.history.map((event) => [
        event.kind === 'release'
          ? 'released'
          : `${event.kind === 'hold' ? 'on hold' : 'revoked'}: ${words(event.reason)}`,
        momentHtml(event.at),
        event.requestedBy,
      ]),
      ['issued', momentHtml(facts.notBefore), `CA ${facts.ca}`],
    ],
    empty: '',
  });
}

/** The most frequent first, the empty word last. */
function reasonsInOrder(reasons: readonly string[]): readonly string[] {
  const order = Object.keys(REASON_HELP);
  return [...reasons].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** `keyCompromise` as people say it: Key compromise. */
function words(name: string): string {
  const spaced = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
