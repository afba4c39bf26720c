import { brokenConstraint, sqlState } from '@see/db';
import { RefusedError } from '@see/domain';
import { type ProblemCode, Refusal } from '@see/http';
import { refusedFor } from './refusal.ts';

const OWN: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  SE002: ['wrong-state', 'What was asked for is not changed. Ask again.'],
  SE003: ['wrong-state', 'This is in a state in which it is not possible. Load it again.'],
  SE004: ['signature-refused', 'The approval key was removed. Use one that is registered.'],
  SE005: ['signature-refused', 'The approval is for other content than this has. Load it again.'],
  SE006: ['party-to-order', 'You are a party to this. Somebody else has to approve it.'],
  SE007: ['not-found', 'There is no such certificate.'],
  SE008: ['wrong-state', 'The certificate is not in a state in which this is possible. Load it again.'],
  SE009: [
    'revocation-refused',
    'Certificates of this profile are revoked by two operators: see cert revoke CERTIFICATE --key FILE1 FILE2.',
  ],
  SE013: ['wrong-state', 'The import is in a state in which this is not possible. Load it again.'],
  SE014: ['wrong-state', 'This session or passkey has ended. Sign in again.'],
  SE018: ['csr-refused', 'The copy of the key does not go with its order. Load the page again and start over.'],
  SE019: ['wrong-state', 'Not everything is there that this needs. Load the recovery again.'],
  SE020: ['forbidden', 'You are not one of the agents for whom this key is kept, or not one today.'],
  SE021: [
    'forbidden',
    'One of the two agents must not be of the agency that asks. Have an agent of another agency approve.',
  ],
  SE022: ['wrong-state', 'The mail is in a state in which this is not possible. Load it again.'],
  SE023: ['link-over', 'It was used, its 24 hours are over, or the address was changed. Ask for a new mail.'],
  SE024: ['invalid-request', 'The day on which it was seen is still to come.'],
  SE025: ['wrong-state', 'The value was for another domain, or its 24 hours are over. Ask for a new one.'],
  SE038: ['wrong-state', 'The application was decided already. Load it again.'],
  SE039: ['forbidden', 'You entered this application. Another operator has to verify it.'],
  SE027: ['wrong-state', 'This account was removed. Load the page again.'],
  SE028: ['wrong-state', 'This account was removed meanwhile. Sign in by another way.'],
  SE026: ['wrong-state', 'The certificate has ended, or is on hold. Sign in by another way.'],
  SE031: ['wrong-state', 'The feed is revoked already. Load it again.'],
  SE032: ['feed-refused', 'The feed was revoked or has expired. Ask an operator for a new one.'],
  SE010: [
    'revocation-refused',
    'More certificates were revoked this hour than one person may. Two operators can go on: see cert revoke CERTIFICATE --key FILE1 FILE2.',
  ],
  SE034: [
    'renewal-refused',
    'The order does not replace the certificate that was asked about. Send the request again.',
  ],
  SE035: [
    'wrong-state',
    'The certificate is being replaced by another order already, or has been. Ask an operator which.',
  ],
  SE036: [
    'wrong-state',
    'The sponsor has not agreed to this renewal yet: a gateway is never renewed without. See order agree ORDER.',
  ],
  SE040: ['link-over', 'The link is for somebody else. Ask for a new mail.'],
  SE037: ['wrong-state', 'The order takes no agreement of this sponsor now. Load it again.'],
};

/** What was done twice, by the key that says so. */
const TWICE: Readonly<Record<string, string>> = {
  sign_in_identities_account: 'This account is somebody’s already. Remove it there first: see person account-remove.',
  approvals_pkey: 'You have approved this order already.',
  people_external_id: 'Somebody of the agency has this number already.',
  hr_report_ends_pkey: 'Somebody else has decided this already. Load it again.',
  hr_feeds_key_id_key: 'This key is that of another feed already. Make a key for each feed.',
  recovery_approvals_pkey: 'You have approved this recovery already. Another agent has to.',
  agency_applications_one: 'There is an application for this agency already: see agency applications.',
  recovery_openings_pkey: 'The other agent has opened the envelope already. Take what is in it: see recovery approve.',
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
    const text = TWICE[brokenConstraint(error) ?? ''] ?? 'This exists already.';
    return new Refusal('already-exists', text, { cause: error });
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
