import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { distanceText, momentHtml } from '../../components/time.ts';

/** What a client gets who asks for a revocation list or an OCSP answer now, and what was published. */
export interface PublishedLine {
  readonly ca: string;
  readonly kind: keyof typeof KINDS;
  readonly fetchedAt: Date;
  /** Milliseconds. */
  readonly took: number;
  /** The number of the newest list that was signed; undefined for OCSP. */
  readonly newest: number | undefined;
  readonly result:
    | { readonly ok: true; readonly number: number | undefined; readonly until: Date | undefined }
    | { readonly ok: false; readonly fault: 'away' | 'status' | 'unreadable' | 'signature' | 'time' };
}

const KINDS = {
  crl: t`Revocation list`,
  delta: t`Changes since the revocation list`,
  part: t`Part of the revocation list`,
  ocsp: t`OCSP answer`,
} as const;

const FAULTS = {
  away: t`no answer`,
  status: t`refused`,
  unreadable: t`not readable`,
  signature: t`not signed by the CA`,
  time: t`ended, or not begun`,
} as const;

/** Revocation lists and OCSP answers, as they were fetched back from where clients fetch them. */
export function publishedTable(lines: readonly PublishedLine[], now: Date): SafeHtml {
  return html`<div id="published">${table({
    caption: t`What clients get`,
    head: [t`What`, t`CA`, t`Published`, t`Fetched back`, t`Good until`, t`State`],
    rows: lines.map((line) => [
      KINDS[line.kind],
      html`<span class="see-word">${line.ca}</span>`,
      line.newest === undefined ? '–' : t`number ${line.newest}`,
      html`${line.result.ok && line.result.number !== undefined && t`number ${line.result.number}, `}${distanceText(line.fetchedAt, now)} <span class="see-muted">(${t`${line.took} ms`})</span>`,
      line.result.ok && line.result.until
        ? html`${momentHtml(line.result.until)} <span class="see-muted">(${distanceText(line.result.until, now)})</span>`
        : '–',
      state(line, now),
    ]),
    empty: t`Nothing was fetched back yet; it takes a minute after a start.`,
  })}</div>`;
}

function state({ result, newest }: PublishedLine, now: Date): HtmlValue {
  if (!result.ok) return tag(FAULTS[result.fault], 'red');
  if (result.until && result.until < now) return tag(t`Late`, 'red');
  // A list that was just signed is fetched back at the next look.
  if (newest !== undefined && result.number !== undefined && result.number < newest - 1)
    return tag(t`Behind`, 'orange');
  return tag(t`Fresh`, 'green');
}
