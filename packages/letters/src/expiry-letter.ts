import type { Letter } from './letter.ts';
import { dayText } from './time-text.ts';

/** A certificate as the notice names it. */
export interface EndingCertificate {
  readonly serial: Uint8Array;
  readonly profileId: string;
  readonly notAfter: Date;
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

/**
 * The letter that tells one recipient which certificates end within so many days. It holds no name or other text from
 * outside and no link: nothing can be done with it by whoever else reads it. Throws RangeError without certificates.
 */
export function expiryLetter(days: number, certificates: readonly EndingCertificate[]): Letter {
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
            `ends ${dayText(notAfter)}, for ${PURPOSES[profileId] ?? profileId}, serial number ${serial.toHex()}`,
        ),
      },
      {
        kind: 'paragraph',
        text: "What to do: ask your agency's sponsor, the person who asked for your certificate, to order the next one now. The old one stays good until its end, so there is time to change over.",
      },
      {
        kind: 'paragraph',
        text: 'This mail has no link on purpose, and nobody will ask you by mail for a code or a password. If you no longer need the certificate, you need not do anything: it ends by itself.',
      },
    ],
  };
}
