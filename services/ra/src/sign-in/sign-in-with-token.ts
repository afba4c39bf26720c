import { withTransaction } from '@see/db';
import { findToken } from '@see/db/ra';
import { isTokenText, Refusal, tokenDigest } from '@see/http';
import { type Ra, seconds } from '../ra.ts';
import { isRoleInForce } from '../role-in-force.ts';
import { beginAttempts, clearFailures, credentialSubject, recordFailure } from './attempts.ts';
import { assertOffered } from './offered.ts';
import { openSession, type SignInOutcome } from './open-session.ts';

/** Opens a session with an access token. Throws Refusal `too-many-requests` and `sign-in-off`. */
export async function signInWithToken(ra: Ra, token: string, address: string): Promise<SignInOutcome> {
  assertOffered(ra, 'token');
  const attempts = await beginAttempts(ra, address, credentialSubject('token', token));
  const known = isTokenText(token) ? await findToken(ra.db, tokenDigest(token), ra.now()) : undefined;
  if (!known || !isRoleInForce(ra.authority.current, known, seconds(ra.now()))) {
    await recordFailure(ra, attempts, 'token', 'token-refused');
    return {
      refusal: new Refusal(
        'sign-in-refused',
        'This token is not accepted. Check that it is complete; it may have expired. See token create makes a new one.',
      ),
    };
  }
  const means = { method: 'token', tokenId: known.id } as const;
  return withTransaction(ra.db, async (tx) => {
    await clearFailures(tx, attempts);
    return openSession(ra, tx, known, { means, address });
  });
}
