import { isPlainAddress } from '@see/letters';
import type { ServiceContext } from '@see/process';
import { type MailSender, outboxSender, smtpSender } from './mail-sender.ts';

/** How mail leaves and in whose name. */
export interface MailSettings {
  readonly sender: MailSender;
  readonly from: string;
}

/**
 * The evaluation preset writes mail to the outbox folder. Any other sends it by the server that SEE_SMTP_URL names; undefined when
 * none is named. SEE_MAIL_FROM is the sender's address, by default no-reply at the instance's host name. Takes the URL, which may
 * hold a password, out of the environment.
 */
export function mailSettings(
  { instance, outboxDir }: Pick<ServiceContext, 'instance' | 'outboxDir'>,
  environment: NodeJS.ProcessEnv,
): MailSettings | undefined {
  const url = environment['SEE_SMTP_URL'];
  delete environment['SEE_SMTP_URL'];
  const from = environment['SEE_MAIL_FROM'] || `no-reply@${instance.rpId}`;
  if (!isPlainAddress(from)) throw new TypeError('SEE_MAIL_FROM must be a plain mail address');
  if (instance.preset === 'evaluation') return { sender: outboxSender(outboxDir), from };
  return url ? { sender: smtpSender(url), from } : undefined;
}
