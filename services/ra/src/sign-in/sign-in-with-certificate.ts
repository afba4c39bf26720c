import { withTransaction } from '@see/db';
import { Refusal } from '@see/http';
import type { Client } from '../client-certificate/identify-client.ts';
import { rolesOfClient, roleText } from '../client-certificate/operator-client.ts';
import type { Ra } from '../ra.ts';
import { beginAttempts, clearFailures, credentialSubject, recordFailure } from './attempts.ts';
import { openSession, type SignInOutcome } from './open-session.ts';

/**
 * Opens a session for the holder of an operator certificate that was found to be good, in the only role that they have or
 * the one that they chose. Throws Refusal `too-many-requests`.
 */
export async function signInWithCertificate(
  ra: Ra,
  client: Client,
  as: string | undefined,
  address: string,
): Promise<SignInOutcome> {
  const attempts = await beginAttempts(ra, address, credentialSubject('certificate', client.sha256));
  const roles = rolesOfClient(ra, client);
  const held = as === undefined && roles.length === 1 ? roles[0] : roles.find((one) => roleText(one) === as);
  if (!held) {
    await recordFailure(ra, attempts, 'certificate', roles.length === 0 ? 'no-role' : 'no-such-role');
    const text =
      roles.length === 0
        ? 'You have no role here at present. An administrator grants roles; agencies appoint their sponsors.'
        : 'Choose one of your roles.';
    return { refusal: new Refusal('sign-in-refused', text) };
  }
  const means = { method: 'certificate', certificateId: client.certificateId } as const;
  return withTransaction(ra.db, async (tx) => {
    await clearFailures(tx, attempts);
    return openSession(ra, tx, held, { means, address });
  });
}
