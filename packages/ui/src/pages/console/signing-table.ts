import { type HtmlValue, html, type SafeHtml, t } from '@see/language';
import { table } from '../../components/table.ts';
import { tag } from '../../components/tag.ts';
import { dayText, distanceText, momentHtml } from '../../components/time.ts';

/** How keys, signer and log stand. */
export interface SigningFacts {
  /** Until when a signer may sign; undefined when none ever might. */
  readonly leaseUntil: Date | undefined;
  readonly logSize: number;
  readonly checkpoint: { readonly size: number; readonly signedAt: Date } | undefined;
  readonly outsideLog: { readonly events: number; readonly since: Date | undefined };
  readonly keys: readonly { readonly ca: string; readonly kind: 'ca' | 'ocsp'; readonly notAfter: Date }[];
}

const LATE = 5 * 60_000;
const DAY = 86_400_000;

export function isSignerAway({ leaseUntil }: SigningFacts, now: Date): boolean {
  return leaseUntil === undefined || leaseUntil < now;
}

export function isLogLate({ outsideLog: { since } }: SigningFacts, now: Date): boolean {
  return since !== undefined && now.getTime() - since.getTime() > LATE;
}

/** Signer, log, and until when each key is good. */
export function signingTable(facts: SigningFacts, now: Date): SafeHtml {
  const { checkpoint, outsideLog } = facts;
  return table({
    caption: t`Keys and signer`,
    head: [t`What`, t`Stands`],
    rows: [
      [t`Signer`, isSignerAway(facts, now) ? tag(t`Away`, 'red') : tag(t`Signing`, 'green')],
      [
        t`Audit log`,
        html`${t`${facts.logSize} entries`}${checkpoint && html`<br><span class="see-muted">${t`last checkpoint over ${checkpoint.size}, ${momentHtml(checkpoint.signedAt)}`}</span>`}${outsideLog.events > 0 && html`<br>${isLogLate(facts, now) ? tag(t`${outsideLog.events} events wait`, 'red') : t`${outsideLog.events} events wait`}`}`,
      ],
      ...facts.keys.map(({ ca, kind, notAfter }): HtmlValue[] => [
        kind === 'ca' ? t`Key of CA ${ca}` : t`OCSP key for CA ${ca}`,
        html`${t`until ${dayText(notAfter)}, ${distanceText(notAfter, now)}`}${isShort(kind, notAfter, now) && html` ${tag(t`Soon over`, 'orange')}`}`,
      ]),
    ],
    empty: '',
  });
}

/** OCSP keys are renewed by themselves days before; a CA's key needs a ceremony. */
function isShort(kind: 'ca' | 'ocsp', notAfter: Date, now: Date): boolean {
  return notAfter.getTime() - now.getTime() < (kind === 'ca' ? 180 * DAY : DAY);
}
