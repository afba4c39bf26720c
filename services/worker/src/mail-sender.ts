import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileDurable } from '@see/db';
import { createTransport } from 'nodemailer';
import type { ComposedMail } from './compose-mail.ts';

/** How mail leaves. Sending the same mail again under the same name is harmless. */
export interface MailSender {
  /** For the log: 'outbox' or 'smtp'. */
  readonly kind: 'outbox' | 'smtp';
  /** Returns when the mail is durable with the next holder. `name` is unique to the mail. */
  send(name: string, mail: ComposedMail): Promise<void>;
  close(): void;
}

/**
 * Writes each mail to `<name>.eml` in a folder, mode 0600, durably; the same name again replaces the file. For the evaluation
 * preset: nothing leaves the machine.
 */
export function outboxSender(folder: string): MailSender {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // What a crash left half written.
  for (const name of readdirSync(folder)) if (/\.eml\.[0-9a-f]+\.new$/.test(name)) rmSync(join(folder, name));
  return {
    kind: 'outbox',
    send: async (name, mail) => {
      if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) throw new RangeError('a mail has a plain name');
      writeFileDurable(join(folder, `${name}.eml`), mail.bytes, { mode: 0o600 });
    },
    close: () => undefined,
  };
}

const TIMEOUT_MS = 20_000;

/**
 * Hands each mail to an SMTP server given as URL (`smtps://user:password@host:port`). With `smtp://` STARTTLS is required, except to
 * this machine itself. A mail whose acknowledgement was lost is sent again.
 */
export function smtpSender(url: string): MailSender {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'smtp:' && protocol !== 'smtps:')
    throw new TypeError('the mail server is named by an smtp: or smtps: URL');
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  const transport = createTransport({
    url,
    requireTLS: protocol === 'smtp:' && !local,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    send: async (_, { from, recipient, bytes }) => {
      await transport.sendMail({ envelope: { from, to: [recipient] }, raw: Buffer.from(bytes) });
    },
    close: () => transport.close(),
  };
}
