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
    | {
        readonly ok: true;
        readonly number: number | undefined;
        readonly until: Date | undefined;
        /** When the first list was made that is newer; undefined where none is. */
        readonly behindSince: Date | undefined;
      }
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

/** A list that was just made is fetched back at the next look: how long a newer one may be there, in milliseconds. */
const BEHIND_AFTER = 60_000;

/** Since when a newer list is there that clients do not get; undefined while that is short, and where they get none. */
export function behindSince({ result }: PublishedLine, now: Date): Date | undefined {
  const since = result.ok ? result.behindSince : undefined;
  return since && now.getTime() - since.getTime() > BEHIND_AFTER ? since : undefined;
}

function state(line: PublishedLine, now: Date): HtmlValue {
  const { result } = line;
  if (!result.ok) return tag(FAULTS[result.fault], 'red');
  if (result.until && result.until < now) return tag(t`Late`, 'red');
  if (behindSince(line, now)) return tag(t`Behind`, 'orange');
  return tag(t`Fresh`, 'green');
}
