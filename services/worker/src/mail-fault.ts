import type { MailFault } from '@see/db/worker';
import { RefusedError } from '@see/domain';
import { LetterError } from '@see/letters';
import { CanonicalError } from '@see/statement';

/** Why a try failed, without what a mail server may have said about it. */
export interface TryFault extends MailFault {
  /** We would not send it as it is; the mail server was not asked. */
  readonly ours: boolean;
  /** The server refused the address for good (RFC 5321 4.2.1, RFC 3463 3.2 and 3.3): trying again is of no use. */
  readonly noMailbox: boolean;
}

/** The next mail server did not take a mail; the cause is what it or the network said. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
  readonly recipient: string;

  constructor(recipient: string, cause: unknown) {
    super('the mail server did not take it', { cause });
    this.recipient = recipient;
  }
}

interface SmtpError extends Error {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

/** What an error of composing or sending means. */
export function mailFault(thrown: unknown): TryFault {
  const error = thrown instanceof NotTakenError ? thrown.cause : thrown;
  if (error instanceof RefusedError || error instanceof CanonicalError || error instanceof LetterError)
    return { code: error.code, reason: error.message.slice(0, 400), ours: true, noMailbox: false };
  const { code, command, responseCode, response } = (error instanceof Error ? error : {}) as SmtpError;
  const status = typeof responseCode === 'number' ? responseCode : undefined;
  if (command === 'RCPT TO' && isAboutMailbox(status, response))
    return {
      code: 'address-refused',
      reason: `the mail server refused the address for good (${status})`,
      ours: false,
      noMailbox: true,
    };
  const name = typeof code === 'string' ? code.slice(0, 60) : 'unknown';
  const where = typeof command === 'string' ? ` at ${command.slice(0, 20)}` : '';
  const answer = status === undefined ? '' : ` (${status})`;
  return { code: name, reason: `the mail server did not take it${where}${answer}`, ours: false, noMailbox: false };
}

/** A permanent refusal that is about the mailbox and not about us: enhanced codes of security and policy, X.7.X, are. */
function isAboutMailbox(status: number | undefined, response: unknown): boolean {
  if (status === undefined || status < 500 || status > 599) return false;
  return !/^5\d\d[ -]5\.7\./.test(typeof response === 'string' ? response : '');
}
