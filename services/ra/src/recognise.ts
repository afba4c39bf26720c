import { brokenConstraint, sqlState } from '@see/db';
import { RefusedError } from '@see/domain';
import { type ProblemCode, Refusal } from '@see/http';
import { refusedFor } from './refusal.ts';

const OWN: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  SE002: ['wrong-state', 'An order is not changed once it is made. Make another.'],
  SE003: ['wrong-state', 'The order is in a state in which this is not possible. Load it again.'],
  SE004: ['signature-refused', 'The approval key was removed. Use one that is registered.'],
  SE005: ['signature-refused', 'The approval is for other content than the order has. Load the order again.'],
  SE006: ['party-to-order', 'You are a party to this order. Somebody else has to approve it.'],
  SE007: ['not-found', 'There is no such certificate.'],
  SE008: ['wrong-state', 'The certificate is not in a state in which this is possible. Load it again.'],
  SE009: [
    'revocation-refused',
    'Certificates of this profile are revoked by two operators: see cert revoke CERTIFICATE --key FILE1 FILE2.',
  ],
  SE013: ['wrong-state', 'The import is in a state in which this is not possible. Load it again.'],
  SE014: ['wrong-state', 'The mail is in a state in which this is not possible. Load it again.'],
  SE015: ['link-over', 'It was used, its 24 hours are over, or the address was changed. Ask for a new mail.'],
  SE016: ['invalid-request', 'The day on which it was seen is still to come.'],
  SE017: ['wrong-state', 'The value was for another domain, or its 24 hours are over. Ask for a new one.'],
  SE010: [
    'revocation-refused',
    'More certificates were revoked this hour than one person may. Two operators can go on: see cert revoke CERTIFICATE --key FILE1 FILE2.',
  ],
};

const AWAY = /^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/;

/**
 * Says errors of the database in the catalogue's words: rules that the schema enforces, conflicts, values it cannot
 * hold, and its absence. Undefined for everything else, which is a fault of ours.
 */
export function recognise(error: unknown): Refusal | undefined {
  if (error instanceof RefusedError) return refusedFor('order-refused', error.violations);
  const state = sqlState(error);
  if (state === undefined) return isAway(error) ? away(error) : undefined;
  const own = OWN[state];
  if (own) return new Refusal(own[0], own[1], { cause: error });
  if (state === '23505') {
    const twice = brokenConstraint(error) === 'approvals_pkey';
    return new Refusal('already-exists', twice ? 'You have approved this order already.' : 'This exists already.', {
      cause: error,
    });
  }
  if (state === '23503')
    return new Refusal('not-found', 'Something that this refers to does not exist.', { cause: error });
  if (/^(?:08|53|57)/.test(state)) return away(error);
  return undefined;
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && AWAY.test(code)) ||
    /^(?:timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
  );
}

function away(cause: unknown): Refusal {
  return new Refusal('unavailable', 'The database cannot be reached. Nothing was done; try again in a few seconds.', {
    headers: { 'retry-after': '5' },
    cause,
  });
}
