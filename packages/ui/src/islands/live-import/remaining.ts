import { html, type SafeHtml, t } from '@see/language';

/** How many rows an import has done, and when. */
export interface Pace {
  readonly waiting: number;
  readonly done: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** About how long the rows that wait will take, at the pace so far; nothing while nothing is known of it. */
export function remainingText({ waiting, done, failed, createdAt, updatedAt }: Pace): SafeHtml {
  const worked = done + failed;
  const spent = updatedAt.getTime() - createdAt.getTime();
  if (waiting === 0) return t`Nothing is left.`;
  if (worked === 0 || spent <= 0) return html``;
  const seconds = Math.ceil((waiting * spent) / worked / 1_000);
  if (seconds < 60) return t`Less than a minute is left.`;
  return t`About ${Math.ceil(seconds / 60)} minutes are left.`;
}
