import { withTransaction } from '@see/db';
import {
  findSignInIdentity,
  insertOidcCeremony,
  noteSignInIdentityUse,
  type OidcCeremony,
  takeOidcCeremony,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import type { OidcProvider } from '../oidc/oidc-provider.ts';
import type { Ra } from '../ra.ts';
import { beginAttempts, clearFailures, credentialSubject, recordFailure } from './attempts.ts';
import { enter, type ShownOutcome } from './choose-role.ts';
import { cookieDigest } from './cookie-digest.ts';
import { assertOffered, oidcFaultOf } from './offered.ts';
import { ANSWER_WITHIN } from './relying-party.ts';

/** The provider, where signing in by it is offered. Throws Refusal `sign-in-off`. */
export function offeredProvider(ra: Ra): OidcProvider {
  assertOffered(ra, 'oidc');
  if (!ra.oidc) throw new Refusal('sign-in-off', oidcFaultOf(ra) ?? 'No OpenID provider is set up.');
  return ra.oidc;
}

/** Sends a browser to the provider: where to, and the cookie that binds what it must bring back. Throws Refusal `unavailable`. */
export async function beginOidcSignIn(
  ra: Ra,
  redirectUri: string,
  next: string,
): Promise<{ readonly url: string; readonly cookie: string }> {
  const { url, ...values } = await offeredProvider(ra).begin(redirectUri);
  const cookie = Buffer.from(ra.randomBytes(32)).toString('base64url');
  const until = new Date(ra.now().getTime() + ANSWER_WITHIN);
  await insertOidcCeremony(ra.db, cookieDigest('ceremony', cookie), { ...values, redirectUri, next }, until);
  return { url: url.href, cookie };
}

/**
 * Takes what a browser came back with. It counts once, within minutes, in the browser that was sent. The account must be
 * somebody's by the act of an administrator: nothing else that the provider says about it is looked at. Throws Refusal
 * `too-many-requests` and `unavailable`.
 */
export async function signInWithOidc(
  ra: Ra,
  cookie: string | undefined,
  answer: URLSearchParams,
  address: string,
): Promise<{ readonly outcome: ShownOutcome; readonly next: string }> {
  const provider = offeredProvider(ra);
  const attempts = await beginAttempts(ra, address);
  const ceremony: OidcCeremony | undefined =
    cookie === undefined ? undefined : await takeOidcCeremony(ra.db, cookieDigest('ceremony', cookie), ra.now());
  if (!ceremony) {
    await recordFailure(ra, attempts, 'oidc', 'no-ceremony');
    return refused('It took longer than five minutes, or another browser began it. Sign in again.');
  }
  const found = await provider.finish(answer, ceremony).catch(async (error: unknown) => {
    // That the provider is away is no failure of who comes from there: the other ways stay open to them.
    await withTransaction(ra.db, (tx) => clearFailures(tx, attempts));
    throw error;
  });
  if ('fault' in found) {
    await recordFailure(ra, attempts, 'oidc', found.fault);
    return refused(TEXTS[found.fault] ?? `The answer of ${provider.name} is not accepted. Sign in again.`);
  }
  // Counted for the account too, before it is looked up.
  const account = credentialSubject('oidc', `${provider.issuer}\0${found.subject}`);
  const counted = await beginAttempts(ra, address, account);
  await withTransaction(ra.db, (tx) => clearFailures(tx, attempts));
  const identity = await findSignInIdentity(ra.db, provider.issuer, found.subject);
  if (!identity) {
    await recordFailure(ra, counted, 'oidc', 'unknown-account', { subject: found.subject });
    return refused(
      `${provider.name} knows you, and here your account is nobody's. Give an administrator its name, who enters it with see person account-add: ${found.subject}`,
    );
  }
  const outcome = await withTransaction(ra.db, async (tx) => {
    await clearFailures(tx, counted);
    await noteSignInIdentityUse(tx, identity.id, ra.now());
    const means = { method: 'oidc', identityId: identity.id } as const;
    return enter(ra, tx, { personId: identity.personId, means }, address);
  });
  return { outcome, next: ceremony.next };
}

/** What people can do something about. */
const TEXTS: Readonly<Record<string, string>> = {
  'wrong-acr':
    'Your provider signed you in, but not by a way that is strong enough here. Sign in there with your security key, app or card, and not with a password alone.',
  'wrong-auth-time': 'Your provider did not ask you anew who you are. Sign out there, and sign in again.',
  'provider-access-denied': 'You cancelled, or your provider does not let you in here.',
  'provider-login-required': 'Your provider did not sign you in. Sign in again.',
};

function refused(text: string): { readonly outcome: ShownOutcome; readonly next: string } {
  return { outcome: { refusal: new Refusal('sign-in-refused', text) }, next: '/console' };
}
