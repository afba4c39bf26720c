import { t } from '@see/language';
import { type EndingCertificate, purposeOf } from './expiry-letter.ts';
import { type CalendarEvent, dayAfter, writeCalendar } from './icalendar.ts';
import { inBoth } from './letter.ts';
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
 * no person, and no agency but the one that it is of, and says everything in both languages. Days are those of New Zealand.
 */
export function renewalCalendar(agency: string | undefined, certificates: readonly RenewedCertificate[]): string {
  const name = agency === undefined ? t`SEE certificate` : t`SEE certificates, ${agency}`;
  return writeCalendar(inBoth(name), certificates.flatMap(events));
}

function events(certificate: RenewedCertificate): CalendarEvent[] {
  const { sha256, serial, profileId, notAfter, issuedAt, opensAt } = certificate;
  const purpose = purposeOf(profileId);
  const end = schemeDay(notAfter).day;
  const number = serial.toHex();
  const common = { stamp: issuedAt };
  const last: CalendarEvent = {
    ...common,
    uid: `end-${sha256}@see-pki`,
    day: end,
    summary: inBoth(t`The certificate for ${purpose} ends`),
    description: inBoth(t`It ends on this day, serial number ${number}. The next one has to be in use before.`),
    remindDaysBefore: [7, 1],
  };
  if (opensAt === null) return [last];
  const first: CalendarEvent = {
    ...common,
    uid: `renewal-${sha256}@see-pki`,
    day: dayAfter(schemeDay(opensAt).day),
    summary: inBoth(t`Renew the certificate for ${purpose}`),
    description: inBoth(
      t`From this day on it can be renewed with its own key, serial number ${number}; it ends on ${end}. How: see cert renew, or the page for gateways on the portal.`,
    ),
    remindDaysBefore: [0],
  };
  return [first, last];
}
