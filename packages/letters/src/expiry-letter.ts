import type { Letter, Part } from './letter.ts';
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

const PURPOSES: Readonly<Record<string, string>> = {
  'user-auth': 'signing in',
  'user-sign': 'signing mail and documents',
  'user-encrypt': 'receiving encrypted mail',
  'gateway-sign': 'the mail gateway, signing',
  'gateway-encrypt': 'the mail gateway, encryption',
  'tls-server': 'a server',
  operator: 'operating this service',
};

/** What a profile's certificates are for, in words. */
export function purposeOf(profileId: string): string {
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
  const one = certificates.length === 1;
  const within = days === 1 ? 'one day' : `${days} days`;
  return {
    subject: `${one ? 'A certificate of yours ends' : `${certificates.length} certificates of yours end`} within ${within}`,
    parts: [
      { kind: 'paragraph', text: 'Hello,' },
      { kind: 'paragraph', text: `${one ? 'this certificate ends' : 'these certificates end'} within ${within}:` },
      {
        kind: 'list',
        items: certificates.map(
          ({ serial, profileId, notAfter }) =>
            `ends ${dayText(notAfter)}, for ${purposeOf(profileId)}, serial number ${serial.toHex()}`,
        ),
      },
      {
        kind: 'paragraph',
        text: "What to do: renew it yourself with its own key (see cert renew; for gateways the portal's page for gateways says how), or ask your agency's sponsor, the person who asked for your certificate, to order the next one now. The old one stays good until its end, so there is time to change over.",
      },
      ...(certificates.length <= MOST_LINKS ? calendarParts(certificates, portalUrl) : []),
      {
        kind: 'paragraph',
        text: 'No other mail of ours about this has a link, and nobody will ask you by mail for a code or a password. If you no longer need the certificate, you need not do anything: it ends by itself.',
      },
    ],
  };
}

function calendarParts(certificates: readonly NamedCertificate[], portalUrl: string): Part[] {
  return [
    { kind: 'paragraph', text: 'For your calendar, the days on which to renew and on which it ends:' },
    ...certificates.map(({ sha256 }) => ({
      kind: 'link' as const,
      url: `${portalUrl}/api/v1/certificates/${sha256}/renewal.ics`,
    })),
  ];
}
