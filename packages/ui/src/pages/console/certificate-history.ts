import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { fingerprint } from '../../components/command.ts';
import { distanceText, momentHtml } from '../../components/time.ts';
import { reasonText } from './revocation-words.ts';

/** Something that happened to a certificate. */
export interface CertificateEvent {
  readonly kind: string;
  readonly reason: string;
  readonly at: Date;
  /** A name, or the word on record for who it was. */
  readonly by: string;
  /** Since when its signatures should not be trusted, where that was said. */
  readonly doubtfulSince: Date | undefined;
  /** Digest of the statement that operators signed, hex. */
  readonly statement: string | undefined;
}

/** What happened to a certificate, the newest first. */
export function certificateHistory(events: readonly CertificateEvent[], now: Date): SafeHtml {
  return html`<h2 class="govuk-heading-m">${t`History`}</h2>
<ol class="govuk-list see-timeline" reversed>${events.map((event) => item(event, now))}</ol>`;
}

function item(event: CertificateEvent, now: Date): SafeHtml {
  const { at, by, doubtfulSince, statement } = event;
  return html`<li class="see-timeline__item"><strong>${what(event)}</strong><br>${momentHtml(at)} <span class="see-muted">(${distanceText(at, now)})</span>${by !== '' && html`<br>${t`by ${by}`}`}${doubtfulSince && html`<br>${t`in doubt since ${momentHtml(doubtfulSince)}`}`}${statement && html`<br><span class="see-muted">${t`statement`} ${fingerprint(statement.slice(0, 16))}…</span>`}</li>`;
}

function what({ kind, reason }: CertificateEvent): HtmlValue {
  if (kind === 'issue') return t`Issued`;
  if (kind === 'expire') return t`Expired`;
  if (kind === 'release') return t`Released`;
  if (kind === 'hold') return t`Put on hold`;
  return t`Revoked: ${reasonText(reason)}`;
}
