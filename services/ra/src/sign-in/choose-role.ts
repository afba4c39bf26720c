import { type Tx, withTransaction, writeAudit } from '@see/db';
import {
  findChoice,
  findSignInIdentityById,
  findSignInPasskeyById,
  insertChallenge,
  type SessionMeans,
  takeChallenge,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import { type Ra, seconds } from '../ra.ts';
import { type HeldRole, rolesInForce } from '../role-in-force.ts';
import { cookieDigest } from './cookie-digest.ts';
import { assertOffered } from './offered.ts';
import { openSession, type SignInOutcome } from './open-session.ts';
import { ANSWER_WITHIN } from './relying-party.ts';

/** After somebody showed who they are: a session, a refusal, or the cookie with which they choose among several roles. */
export type ShownOutcome = SignInOutcome | { readonly choiceCookie: string };

/** Who was shown, and by what; the choice among roles can be made for these two. */
export interface Shown {
  readonly personId: string;
  readonly means: Extract<SessionMeans, { readonly method: 'passkey' | 'oidc' }>;
}

/** Opens a session in the only role that somebody has, or lets them choose; in the caller's transaction. */
export async function enter(ra: Ra, tx: Tx, shown: Shown, address: string): Promise<ShownOutcome> {
  const roles = rolesOf(ra, shown.personId);
  const [only, ...more] = roles;
  if (only && more.length === 0) return openSession(ra, tx, only, { means: shown.means, address });
  if (only) return { choiceCookie: await rememberChoice(ra, tx, shown.means) };
  await writeAudit(tx, [
    {
      kind: 'access.sign-in',
      outcome: 'failure',
      actor: { personId: shown.personId, method: shown.means.method, address },
      objectType: 'session',
      objectId: shown.means.method === 'passkey' ? shown.means.passkeyId : shown.means.identityId,
      detail: { reason: 'no-role' },
    },
  ]);
  const text = 'You have no role here at present. An administrator grants roles; agencies appoint their sponsors.';
  return { refusal: new Refusal('sign-in-refused', text) };
}

/** The roles among which somebody who was shown may choose; undefined when nobody waits to choose. */
export async function rolesToChoose(ra: Ra, cookie: string | undefined): Promise<readonly HeldRole[] | undefined> {
  const choice = cookie && (await findChoice(ra.db, cookieDigest('ceremony', cookie), ra.now()));
  const shown = choice && (await shownBy(ra, choice));
  return shown ? rolesOf(ra, shown.personId) : undefined;
}

/** Opens the session in the role that was chosen; what was shown before counts once. */
export async function chooseRole(
  ra: Ra,
  cookie: string | undefined,
  chosen: { readonly role: string; readonly agencyId: string | null },
  address: string,
): Promise<SignInOutcome> {
  const choice = cookie && (await takeChallenge(ra.db, cookieDigest('ceremony', cookie), 'choose', ra.now()));
  const shown = choice && (await shownBy(ra, choice));
  if (shown) assertOffered(ra, shown.means.method);
  const held =
    shown &&
    rolesOf(ra, shown.personId).find(({ role, agencyId }) => role === chosen.role && agencyId === chosen.agencyId);
  if (!shown || !held) {
    return {
      refusal: new Refusal('sign-in-refused', 'The choice took too long, or the role has ended. Sign in again.'),
    };
  }
  return withTransaction(ra.db, (tx) => openSession(ra, tx, held, { means: shown.means, address }));
}

async function shownBy(
  ra: Ra,
  { passkeyId, identityId }: { readonly passkeyId: string | null; readonly identityId: string | null },
): Promise<Shown | undefined> {
  const passkey = passkeyId === null ? undefined : await findSignInPasskeyById(ra.db, passkeyId);
  if (passkey) return { personId: passkey.personId, means: { method: 'passkey', passkeyId: passkey.id } };
  const identity = identityId === null ? undefined : await findSignInIdentityById(ra.db, identityId);
  return identity && { personId: identity.personId, means: { method: 'oidc', identityId: identity.id } };
}

async function rememberChoice(ra: Ra, tx: Tx, means: Shown['means']): Promise<string> {
  const cookie = Buffer.from(ra.randomBytes(32)).toString('base64url');
  const pending = {
    purpose: 'choose',
    passkeyId: means.method === 'passkey' ? means.passkeyId : null,
    identityId: means.method === 'oidc' ? means.identityId : null,
  } as const;
  await insertChallenge(tx, cookieDigest('ceremony', cookie), pending, new Date(ra.now().getTime() + ANSWER_WITHIN));
  return cookie;
}

function rolesOf(ra: Ra, personId: string): readonly HeldRole[] {
  return rolesInForce(ra.authority.current, personId, seconds(ra.now()));
}
