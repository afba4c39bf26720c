import { type EndingCertificate, purposeOf } from './expiry-letter.ts';
import { type CalendarEvent, dayAfter, writeCalendar } from './icalendar.ts';
import { schemeDay } from './scheme-day.ts';

/** A certificate whose renewal people want in their calendar. */
export interface RenewedCertificate extends EndingCertificate {
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly issuedAt: Date;
  /** When its renewal window opens; null when its holders do not renew it. */
  readonly opensAt: Date | null;
}

/**
 * A calendar with two days a certificate: the first whole day on which it can be renewed, and the day on which it ends. It names
 * no person and no agency but what `name` says. Days are those of New Zealand.
 */
export function renewalCalendar(name: string, certificates: readonly RenewedCertificate[]): string {
  return writeCalendar(name, certificates.flatMap(events));
}

function events(certificate: RenewedCertificate): CalendarEvent[] {
  const { sha256, serial, profileId, notAfter, issuedAt, opensAt } = certificate;
  const what = `certificate for ${purposeOf(profileId)}`;
  const end = schemeDay(notAfter).day;
  const named = `serial number ${serial.toHex()}`;
  const common = { stamp: issuedAt };
  const last: CalendarEvent = {
    ...common,
    uid: `end-${sha256}@see-pki`,
    day: end,
    summary: `The ${what} ends`,
    description: `It ends on this day, ${named}. The next one has to be in use before.`,
    remindDaysBefore: [7, 1],
  };
  if (opensAt === null) return [last];
  const first: CalendarEvent = {
    ...common,
    uid: `renewal-${sha256}@see-pki`,
    day: dayAfter(schemeDay(opensAt).day),
    summary: `Renew the ${what}`,
    description: `From this day on it can be renewed with its own key, ${named}; it ends on ${end}. How: see cert renew, or the page for gateways on the portal.`,
    remindDaysBefore: [0],
  };
  return [first, last];
}
