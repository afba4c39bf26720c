import { createHash } from 'node:crypto';
import type { MailText } from './compose-mail.ts';

/** A certificate as the notice names it. */
export interface EndingCertificate {
  readonly id: number;
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
 * The mail that tells one recipient which certificates end within so many days. It holds no name or other text from
 * outside and no link: nothing can be done with it by whoever else reads it.
 */
export function writeNoticeMail(recipient: string, days: number, certificates: readonly EndingCertificate[]): MailText {
  const names = certificates.map(({ id }) => id).join(',');
  const digest = createHash('sha256').update(`${days} ${recipient} ${names}`).digest('hex').slice(0, 32);
  const one = certificates.length === 1;
  const lines = certificates.map(
    ({ serial, profileId, notAfter }) =>
      `  ends ${notAfter.toISOString().slice(0, 10)}  for ${PURPOSES[profileId] ?? profileId}\n` +
      `    serial number ${serial.toHex()}`,
  );
  const within = days === 1 ? 'one day' : `${days} days`;
  return {
    recipient,
    messageName: `notice.${digest}`,
    subject: `${one ? 'A certificate of yours ends' : `${certificates.length} certificates of yours end`} within ${within}`,
    text: `Hello,

${one ? 'this certificate ends' : 'these certificates end'} within ${within}:

${lines.join('\n')}

What to do: ask your agency's sponsor, the person who asked for your
certificate, to order the next one now. The old one stays good until its
end, so there is time to change over.

This mail has no link on purpose, and nobody will ask you by mail for a
code or a password. If you no longer need the certificate, you need not do
anything: it ends by itself.
`,
  };
}
