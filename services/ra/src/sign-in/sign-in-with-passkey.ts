import { timingSafeEqual } from 'node:crypto';
import { type Tx, withTransaction, writeAudit } from '@see/db';
import {
  findChoice,
  findSignInPasskey,
  findSignInPasskeyById,
  insertChallenge,
  noteSignInPasskeyUse,
  type SignInPasskey,
  takeChallenge,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import { type Ra, seconds } from '../ra.ts';
import { type HeldRole, rolesInForce } from '../role-in-force.ts';
import { type Attempts, beginAttempts, clearFailures, credentialSubject, recordFailure } from './attempts.ts';
import { cookieDigest } from './cookie-digest.ts';
import { assertOffered } from './offered.ts';
import { openSession, type SignInOutcome } from './open-session.ts';
import { ANSWER_WITHIN, signInParty, userHandle } from './relying-party.ts';
import { type AssertionAnswer, decoyPublicKey, verifyAssertion } from './verify-passkey.ts';

/** After a touch: a session, a refusal, or the cookie with which the person chooses among several roles. */
export type PasskeyOutcome = SignInOutcome | { readonly choiceCookie: string };

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
): Promise<PasskeyOutcome> {
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

/** The roles among which a person whose passkey was touched may choose; undefined when nobody waits to choose. */
export async function rolesToChoose(ra: Ra, cookie: string | undefined): Promise<readonly HeldRole[] | undefined> {
  const passkeyId = cookie && (await findChoice(ra.db, cookieDigest('ceremony', cookie), ra.now()));
  const passkey = passkeyId && (await findSignInPasskeyById(ra.db, passkeyId));
  return passkey ? rolesOf(ra, passkey) : undefined;
}

/** Opens the session in the role that was chosen; the touch before it counts once. */
export async function chooseRole(
  ra: Ra,
  cookie: string | undefined,
  chosen: { readonly role: string; readonly agencyId: string | null },
  address: string,
): Promise<SignInOutcome> {
  assertOffered(ra, 'passkey');
  const choice = cookie && (await takeChallenge(ra.db, cookieDigest('ceremony', cookie), 'choose', ra.now()));
  const passkey = choice && (await findSignInPasskeyById(ra.db, choice.passkeyId));
  const held =
    passkey && rolesOf(ra, passkey).find(({ role, agencyId }) => role === chosen.role && agencyId === chosen.agencyId);
  if (!passkey || !held) {
    return {
      refusal: new Refusal('sign-in-refused', 'The choice took too long, or the role has ended. Sign in again.'),
    };
  }
  return withTransaction(ra.db, (tx) => open(ra, tx, passkey, held, address));
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

async function accept(ra: Ra, attempts: Attempts, passkey: SignInPasskey, signCount: number): Promise<PasskeyOutcome> {
  const roles = rolesOf(ra, passkey);
  const [only] = roles;
  return withTransaction(ra.db, async (tx) => {
    await clearFailures(tx, attempts);
    await noteUse(ra, tx, passkey, signCount);
    if (roles.length > 1) return { choiceCookie: await remember(ra, tx, { purpose: 'choose', passkeyId: passkey.id }) };
    if (only) return open(ra, tx, passkey, only, attempts.address);
    await writeAudit(tx, [
      {
        kind: 'access.sign-in',
        outcome: 'failure',
        actor: { personId: passkey.personId, method: 'passkey', address: attempts.address },
        objectType: 'session',
        objectId: passkey.id,
        detail: { reason: 'no-role' },
      },
    ]);
    const text = 'You have no role here at present. An administrator grants roles; agencies appoint their sponsors.';
    return { refusal: new Refusal('sign-in-refused', text) };
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

function open(ra: Ra, tx: Tx, passkey: SignInPasskey, held: HeldRole, address: string): Promise<SignInOutcome> {
  return openSession(ra, tx, held, { means: { method: 'passkey', passkeyId: passkey.id }, address });
}

function rolesOf(ra: Ra, { personId }: SignInPasskey): readonly HeldRole[] {
  return rolesInForce(ra.authority.current, personId, seconds(ra.now()));
}

async function remember(ra: Ra, db: Ra['db'] | Tx, pending: Parameters<typeof insertChallenge>[2]): Promise<string> {
  const cookie = Buffer.from(ra.randomBytes(32)).toString('base64url');
  await insertChallenge(db, cookieDigest('ceremony', cookie), pending, new Date(ra.now().getTime() + ANSWER_WITHIN));
  return cookie;
}
