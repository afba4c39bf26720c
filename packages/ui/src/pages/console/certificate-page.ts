import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import type { WordedExtension } from '../../certificate-in-words.ts';
import { backLink } from '../../components/back-link.ts';
import { linkButton, submitButton } from '../../components/button.ts';
import { command, fingerprint } from '../../components/command.ts';
import { errorSummary, type FieldError } from '../../components/error-summary.ts';
import { details, insetText, successBanner } from '../../components/notice.ts';
import { summaryList } from '../../components/summary-list.ts';
import { table } from '../../components/table.ts';
import { dayText, distanceText, momentHtml } from '../../components/time.ts';
import { type ConsoleReader, consolePage } from '../../layout/console-page.ts';
import type { View } from '../../view.ts';
import { type CertificateEvent, certificateHistory } from './certificate-history.ts';
import type { CertificateLine } from './certificates-page.ts';
import { reasonText } from './revocation-words.ts';
import { certificateTag } from './states.ts';

export interface CertificateFacts {
  readonly now: Date;
  readonly sha256: string;
  readonly serial: string;
  readonly title: string;
  readonly ca: string;
  readonly profileId: string;
  readonly profile: string;
  readonly agency: { readonly id: string; readonly name: string } | undefined;
  readonly orderId: string | null;
  readonly subjectLines: readonly string[];
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spkiSha256: string;
  readonly key: SafeHtml;
  readonly signatureAlgorithm: string;
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
  /** The CAs above, the issuer first. */
  readonly chain: readonly { readonly id: string; readonly subject: string; readonly notAfter: Date }[];
  readonly history: readonly CertificateEvent[];
  /** Others of the same person, gateway or server, the newest first. */
  readonly others: readonly CertificateLine[];
  /** What the reader may do; undefined for nothing. */
  readonly change: CertificateChange | undefined;
  /** Whether a copy of the key is kept for which the reader may ask. */
  readonly mayRecover: boolean;
  readonly mayConfirm: boolean;
  readonly mayGetEvidence: boolean;
  readonly done: HtmlValue;
  readonly errors?: readonly FieldError[];
}

/** The ways in which this certificate's status may be changed now. */
export interface CertificateChange {
  readonly reasons: readonly string[];
  readonly mayHold: boolean;
  readonly needsTwo: boolean;
}

/** A certificate in words: what it says, how it stands, what has happened to it and what can be done. */
export function certificatePage(view: View, reader: ConsoleReader, facts: CertificateFacts): string {
  const file = `/console/certificates/${facts.sha256}/file`;
  return consolePage(view, reader, {
    title: facts.title,
    place: 'certificates',
    beforeContent: backLink(t`Certificates`, '/console/certificates'),
    content: html`${facts.done && successBanner(facts.done)}${errorSummary(facts.errors ?? [])}
<h1 class="govuk-heading-l">${facts.title}</h1>
<p class="govuk-body">${facts.profile}. ${certificateTag(facts.status.kind)} ${statusText(facts)}</p>
<p class="govuk-button-group see-actions">${linkButton(t`Download PEM with chain`, `${file}.pem`)}${linkButton('DER', `${file}.cer`, 'secondary')}${linkButton('PKCS#7', `${file}.p7c`, 'secondary')}</p>
<div class="see-columns"><div>
${whatItSays(facts)}
${details('PEM', html`<pre class="see-command__text" tabindex="0">${facts.pem}</pre>`)}
</div><div>
${change(facts)}
${facts.renewal.waits && facts.mayConfirm && confirmation(reader, facts)}
${facts.mayRecover && keptKey(facts)}
${certificateHistory(facts.history, facts.now)}
${chain(view, facts)}
</div></div>
${others(facts)}
${facts.mayGetEvidence && evidence(reader, facts)}`,
  });
}

function statusText(facts: CertificateFacts): HtmlValue {
  const { kind, reason = '', since } = facts.status;
  if (kind === 'good') return t`until ${dayText(facts.notAfter)}, ${distanceText(facts.notAfter, facts.now)}`;
  return since === undefined
    ? distanceText(facts.notAfter, facts.now)
    : t`since ${momentHtml(new Date(since))}: ${reasonText(reason)}`;
}

function renewal({ renewal: { opensAt, supersededBy, overlapEndsAt, waits } }: CertificateFacts): HtmlValue {
  const found = [
    opensAt && t`By its holder from ${momentHtml(opensAt)}`,
    supersededBy &&
      html`${t`Superseded by <a class="govuk-link see-serial" href="/console/certificates/${supersededBy}">another one</a>.`}${overlapEndsAt && html` ${t`Both are good until ${momentHtml(overlapEndsAt)}.`}`}`,
    waits && t`The directory waits until its holder has confirmed it.`,
  ].filter((one) => one !== undefined && one !== false && one !== '');
  return found.length > 0 && lines(found);
}

function whatItSays(facts: CertificateFacts): SafeHtml {
  const mono = (text: string): SafeHtml => html`<span class="see-serial">${text}</span>`;
  return html`<h2 class="govuk-heading-m">${t`What it says`}</h2>${summaryList(
    [
      { key: t`Subject`, value: lines(facts.subjectLines) },
      { key: t`Alternative names`, value: facts.names.length > 0 ? lines(facts.names) : t`none` },
      {
        key: t`Agency`,
        value:
          facts.agency &&
          html`<a class="govuk-link" href="/console/agencies/${facts.agency.id}">${facts.agency.name}</a>`,
      },
      {
        key: t`Profile`,
        value: html`<a class="govuk-link" href="/console/profiles/${facts.profileId}">${facts.profile}</a>`,
      },
      { key: t`Issued by`, value: `CA ${facts.ca}` },
      { key: t`Valid`, value: t`${momentHtml(facts.notBefore)} to ${momentHtml(facts.notAfter)}` },
      { key: t`Renewal`, value: renewal(facts) },
      { key: t`Serial number`, value: mono(facts.serial) },
      { key: 'SHA-256', value: fingerprint(facts.sha256) },
      { key: t`Key`, value: html`${facts.key}<br>${fingerprint(facts.spkiSha256)}` },
      { key: t`Signed with`, value: facts.signatureAlgorithm },
      {
        key: t`Order`,
        value:
          facts.orderId !== null &&
          html`<a class="govuk-link see-serial" href="/console/orders/${facts.orderId}">${facts.orderId}</a>`,
      },
      ...facts.extensions.map(({ name, critical, lines: texts }) => ({
        key: name,
        value: html`${lines(texts)}${critical && html` <span class="see-muted">${t`(critical)`}</span>`}`,
      })),
    ],
    'see-dense',
  )}`;
}

function lines(texts: readonly HtmlValue[]): HtmlValue {
  return texts.map((text, index) => html`${index > 0 && html`<br>`}${text}`);
}

function chain(view: View, facts: CertificateFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Chain`}</h2>
<ol class="govuk-list govuk-list--number"><li>${facts.title}</li>${facts.chain.map(({ id, subject, notAfter }) => html`<li><a class="govuk-link" href="${view.urls.va}/ca/${id}.cer">${subject}</a><br><span class="see-muted">${t`until ${dayText(notAfter)}`}</span></li>`)}</ol>`;
}

function change({ change: may, status, serial, sha256 }: CertificateFacts): HtmlValue {
  if (!may || status.kind === 'revoked' || status.kind === 'expired') return undefined;
  if (may.needsTwo) {
    return html`<h2 class="govuk-heading-m">${t`Revoke`}</h2>${insetText(t`Certificates of this profile carry the mail of a whole agency. Two operators sign their revocation:`)}${command(`see cert revoke ${serial} --reason keyCompromise --key FILE1 FILE2`)}`;
  }
  const held = status.kind === 'held';
  return html`${held && html`<h2 class="govuk-heading-m">${t`Release`}</h2><p class="govuk-body">${t`Making it good again is a signature by an operator; after 30 days on hold, by two.`}</p>${command(`see cert release ${serial} --key FILE`)}`}
<h2 class="govuk-heading-m">${!held && may.mayHold ? t`Revoke or put on hold` : t`Revoke`}</h2>
<p class="govuk-body">${t`First choose why; what it means is shown before anything happens.`}</p>
${linkButton(t`Choose why`, `/console/certificates/${sha256}/revoke`, 'warning')}`;
}

function confirmation(reader: ConsoleReader, { sha256 }: CertificateFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Confirm that it works`}</h2>
<p class="govuk-body">${t`The directory still offers the certificate before this one. When its holder says that mail to the new one can be read, record that.`}</p>
<form method="post" action="/console/certificates/${sha256}/confirm"><input type="hidden" name="formToken" value="${reader.formToken}">${submitButton({ text: t`The holder says that it works`, look: 'secondary' })}</form>`;
}

function evidence(reader: ConsoleReader, { sha256 }: CertificateFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m" id="evidence">${t`Evidence for an auditor`}</h2>
<p class="govuk-body">${t`One file with the order, its approvals with their signatures, every change of status, and the proof that all of it stands in the audit log.`}</p>
<form method="post" action="/console/certificates/${sha256}/evidence"><input type="hidden" name="formToken" value="${reader.formToken}">${submitButton({ text: t`Get the file`, look: 'secondary' })}</form>`;
}

function keptKey({ sha256 }: CertificateFacts): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`Copy of the key`}</h2>
<p class="govuk-body">${t`One is kept. Two recovery agents open it together, for a reason in law.`}</p>
${linkButton(t`Ask for a kept key`, `/console/certificates/${sha256}/recover`, 'secondary')}`;
}

function others({ others: found }: CertificateFacts): SafeHtml {
  return table({
    caption: t`Other certificates of the same holder`,
    head: [t`Profile`, t`Until`, t`Status`],
    rows: found.map(({ sha256, profile, notAfter, status }) => [
      html`<a class="govuk-link" href="/console/certificates/${sha256}">${profile}</a>`,
      dayText(notAfter),
      certificateTag(status),
    ]),
    empty: t`There are no other certificates of the same holder.`,
  });
}
