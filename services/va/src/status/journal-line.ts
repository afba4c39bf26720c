import type { Remembered } from './effective-status.ts';

/** One thing that was seen and must not be forgotten. */
export type JournalEntry =
  | { readonly kind: 'standing'; readonly ca: string; readonly serial: string; readonly standing: Remembered }
  | { readonly kind: 'released'; readonly ca: string; readonly serial: string }
  /** `list` as `crlList` names it. */
  | { readonly kind: 'crl'; readonly list: string; readonly number: bigint };

/** A line of the journal, with its end. Times are whole seconds. */
export function writeJournalLine(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'crl':
      return `crl ${entry.list} ${entry.number}\n`;
    case 'released':
      return `released ${entry.ca} ${entry.serial}\n`;
    case 'standing': {
      const { kind, reason, revokedAt, invalidityDate, holdId } = entry.standing;
      return `${kind} ${entry.ca} ${entry.serial} ${reason} ${seconds(revokedAt)} ${invalidityDate ? seconds(invalidityDate) : '-'} ${holdId ?? '-'}\n`;
    }
  }
}

const STANDING =
  /^(held|revoked) ([a-z]{1,20}) ([0-9a-f]{2,64}) ([0-9]{1,2}) (-?[0-9]{1,12}) (-|-?[0-9]{1,12}) (-|[0-9]{1,16})$/;
const RELEASED = /^released ([a-z]{1,20}) ([0-9a-f]{2,64})$/;
const CRL = /^crl ([a-z]{1,20}(?:\/(?:delta|[0-9]{1,4}-[0-9]{1,4}))?) ([0-9]{1,48})$/;

/** Reads a line without its end; undefined for anything that is not one. */
export function readJournalLine(line: string): JournalEntry | undefined {
  const standing = STANDING.exec(line);
  if (standing) {
    const [, kind, ca, serial, reason, revokedAt, invalidity, holdId] = standing as unknown as string[];
    return {
      kind: 'standing',
      ca: ca as string,
      serial: serial as string,
      standing: {
        kind: kind as Remembered['kind'],
        reason: Number(reason),
        revokedAt: date(revokedAt as string),
        ...(invalidity === '-' ? {} : { invalidityDate: date(invalidity as string) }),
        ...(holdId === '-' ? {} : { holdId: Number(holdId) }),
      },
    };
  }
  const released = RELEASED.exec(line);
  if (released) return { kind: 'released', ca: released[1] as string, serial: released[2] as string };
  const crl = CRL.exec(line);
  return crl ? { kind: 'crl', list: crl[1] as string, number: BigInt(crl[2] as string) } : undefined;
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

function date(text: string): Date {
  return new Date(Number(text) * 1000);
}
