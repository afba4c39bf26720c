import { timingSafeEqual } from 'node:crypto';
import { type Tx, withTransaction, writeAudit } from '@see/db';
import {
  findSignInPasskey,
  insertChallenge,
  noteSignInPasskeyUse,
  type SignInPasskey,
  takeChallenge,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { Ra } from '../ra.ts';
import { type Attempts, beginAttempts, clearFailures, credentialSubject, recordFailure } from './attempts.ts';
import { enter, type ShownOutcome } from './choose-role.ts';
import { cookieDigest } from './cookie-digest.ts';
import { assertOffered } from './offered.ts';
import { ANSWER_WITHIN, signInParty, userHandle } from './relying-party.ts';
import { type AssertionAnswer, decoyPublicKey, verifyAssertion } from './verify-passkey.ts';

/** What to ask whatever passkey the person has; nobody is named. Binds the challenge to a cookie. */
export async function beginPasskeySignIn(ra: Ra) {
  assertOffered(ra, 'passkey');
  const options = await generateAuthenticationOptions({
    rpID: signInParty(ra).rpId,
    challenge: new Uint8Array(ra.randomBytes(32)),
    userVerification: 'required',
    timeout: ANSWER_WITHIN,
  });
  const cookie = await remember(ra, ra.db, { purpose: 'sign-in', challenge: options.challenge });
  return { cookie, options };
}

/**
 * Takes the answer of a passkey. A challenge counts once, within minutes, in the browser that asked for it. Unknown,
 * removed and forged passkeys get the same answer after the same work. Throws Refusal `too-many-requests`.
 */
export async function signInWithPasskey(
  ra: Ra,
  cookie: string | undefined,
  answer: AssertionAnswer,
  address: string,
): Promise<ShownOutcome> {
  assertOffered(ra, 'passkey');
  const pending = cookie && (await takeChallenge(ra.db, cookieDigest('ceremony', cookie), 'sign-in', ra.now()));
  if (!pending) {
    await recordFailure(ra, await beginAttempts(ra, address), 'passkey', 'no-challenge');
    return { refusal: new Refusal('sign-in-refused', 'It took longer than five minutes. Press the button again.') };
  }
  const attempts = await beginAttempts(ra, address, credentialSubject('passkey', answer.id));
  const passkey = await findSignInPasskey(ra.db, answer.id);
  const verdict = await verifyAssertion(
    answer,
    pending.challenge,
    signInParty(ra),
    passkey?.publicKey ?? decoyPublicKey,
  );
  const fault = passkey ? faultOf(ra, passkey, answer, verdict) : 'unknown-passkey';
  if (!passkey || 'fault' in verdict || fault !== undefined) {
    await recordFailure(ra, attempts, 'passkey', fault ?? 'unknown-passkey');
    return {
      refusal: new Refusal(
        'sign-in-refused',
        'This passkey is not accepted. It may have been removed, or be one for approvals, which signs nobody in.',
      ),
    };
  }
  return accept(ra, attempts, passkey, verdict.signCount);
}

function faultOf(
  ra: Ra,
  passkey: SignInPasskey,
  { userHandle: given }: AssertionAnswer,
  verdict: { readonly signCount: number } | { readonly fault: string },
): string | undefined {
  if ('fault' in verdict) return verdict.fault;
  const wanted = userHandle(ra, passkey.personId);
  const shown = Buffer.from(given, 'base64url');
  return shown.length === wanted.length && timingSafeEqual(shown, wanted) ? undefined : 'wrong-user';
}

function accept(ra: Ra, attempts: Attempts, passkey: SignInPasskey, signCount: number): Promise<ShownOutcome> {
  return withTransaction(ra.db, async (tx) => {
    await clearFailures(tx, attempts);
    await noteUse(ra, tx, passkey, signCount);
    const means = { method: 'passkey', passkeyId: passkey.id } as const;
    return enter(ra, tx, { personId: passkey.personId, means }, attempts.address);
  });
}

/** Notes a use. A counter that does not grow may mean a copy: it is said out loud, and nothing is refused for it. */
async function noteUse(ra: Ra, tx: Tx, passkey: SignInPasskey, signCount: number): Promise<void> {
  await noteSignInPasskeyUse(tx, passkey.id, signCount, ra.now());
  if ((signCount === 0 && passkey.signCount === 0) || signCount > passkey.signCount) return;
  ra.log('warn', 'the counter of a passkey for signing in did not grow', { passkeyId: passkey.id });
  await writeAudit(tx, [
    {
      kind: 'access.passkey-counter',
      outcome: 'failure',
      actor: { process: 'ra' },
      objectType: 'person',
      objectId: passkey.personId,
      detail: { id: passkey.id, before: passkey.signCount, now: signCount },
    },
  ]);
}

async function remember(ra: Ra, db: Ra['db'] | Tx, pending: Parameters<typeof insertChallenge>[2]): Promise<string> {
  const cookie = Buffer.from(ra.randomBytes(32)).toString('base64url');
  await insertChallenge(db, cookieDigest('ceremony', cookie), pending, new Date(ra.now().getTime() + ANSWER_WITHIN));
  return cookie;
}
