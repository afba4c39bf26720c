import { type HtmlValue, t } from '@see/language';
import type { Letter, Part, Words } from './letter.ts';
import { dayText } from './time-text.ts';

/** A certificate as the notice names it. */
export interface EndingCertificate {
  readonly serial: Uint8Array;
  readonly profileId: string;
  readonly notAfter: Date;
}

/** The same with its SHA-256, hex. */
export interface NamedCertificate extends EndingCertificate {
  readonly sha256: string;
}

const PURPOSES: Readonly<Record<string, HtmlValue>> = {
  'user-auth': t`signing in`,
  'user-sign': t`signing mail and documents`,
  'user-encrypt': t`receiving encrypted mail`,
  'gateway-sign': t`the mail gateway, signing`,
  'gateway-encrypt': t`the mail gateway, encryption`,
  'tls-server': t`a server`,
  operator: t`operating this service`,
};

/** What a profile's certificates are for, in words; the id of one that has none. */
export function purposeOf(profileId: string): HtmlValue {
  return PURPOSES[profileId] ?? profileId;
}

/** Most certificates that get a line with the link to their calendar. */
const MOST_LINKS = 3;

/**
 * The letter that tells one recipient which certificates end within so many days. It holds no name or other text from
 * outside, and no link but those to calendar files: nothing can be done with it by whoever else reads it. `portalUrl` is where the
 * calendars are. Throws RangeError without certificates.
 */
export function expiryLetter(days: number, certificates: readonly NamedCertificate[], portalUrl: string): Letter {
  if (certificates.length === 0) throw new RangeError('the letter is about no certificate');
  const count = certificates.length;
  const one = count === 1;
  const within = withinDays(days);
  return {
    subject: one ? t`A certificate of yours ends ${within}` : t`${count} certificates of yours end ${within}`,
    parts: [
      { kind: 'paragraph', text: t`Hello,` },
      { kind: 'paragraph', text: one ? t`this certificate ends ${within}:` : t`these certificates end ${within}:` },
      {
        kind: 'list',
        items: certificates.map(
          ({ serial, profileId, notAfter }) =>
            t`ends ${dayText(notAfter)}, for ${purposeOf(profileId)}, serial number ${serial.toHex()}`,
        ),
      },
      {
        kind: 'paragraph',
        text: t`What to do: renew it yourself with its own key, on the portal under My certificates (for a gateway or server as the portal's page for gateways says), or ask your agency's sponsor, the person who asked for your certificate, to order the next one now. The old one stays good until its end, so there is time to change over.`,
      },
      {
        kind: 'paragraph',
        text: t`No other mail of ours about this has a link, and nobody will ask you by mail for a code or a password. If you no longer need the certificate, you need not do anything: it ends by itself.`,
      },
      ...(certificates.length <= MOST_LINKS ? calendarParts(certificates, portalUrl) : []),
    ],
  };
}

/** How soon, in words. */
export function withinDays(days: number): Words {
  return days === 1 ? t`within one day` : t`within ${days} days`;
}

function calendarParts(certificates: readonly NamedCertificate[], portalUrl: string): Part[] {
  return [
    { kind: 'paragraph', text: t`For your calendar, the days on which to renew and on which it ends:` },
    ...certificates.map(({ sha256 }) => ({
      kind: 'link' as const,
      url: `${portalUrl}/api/v1/certificates/${sha256}/renewal.ics`,
    })),
  ];
}
