import { createHash, randomUUID } from 'node:crypto';
import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import {
  findPerson,
  findSignInLink,
  findSignInLinkById,
  insertChallenge,
  insertSignInLink,
  insertSignInPasskey,
  listSignInPasskeys,
  type OpenSignInLink,
  takeChallenge,
} from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { generateRegistrationOptions } from '@simplewebauthn/server';
import type { Ra } from '../ra.ts';
import { beginAttempts, clearFailures, credentialSubject, recordFailure } from './attempts.ts';
import { passkeyLabel } from './change-passkey.ts';
import { cookieDigest } from './cookie-digest.ts';
import { assertOffered } from './offered.ts';
import { ALGORITHMS, ANSWER_WITHIN, signInParty, userHandle } from './relying-party.ts';
import { type RegistrationAnswer, verifyRegistration } from './verify-passkey.ts';

/** How long a link may be used, in milliseconds. */
const LINK_FOR = 24 * 3_600_000;

/** A link as it is shown once, to the administrator who made it. */
export interface MadeLink {
  readonly url: string;
  readonly displayName: string;
  readonly expiresAt: Date;
}

/**
 * Makes a link by which one person registers one passkey within a day. What it carries stands behind the `#`, which
 * browsers send to nobody; only its hash is kept.
 */
export async function makePasskeyLink(ra: Ra, actor: Actor, by: AuditActor, personId: string): Promise<MadeLink> {
  assertOffered(ra, 'passkey');
  const person = await findPerson(ra.db, personId);
  if (!person) throw new Refusal('not-found', 'There is no person with this id.');
  if (person.leftAt)
    throw new Refusal('wrong-state', `${person.displayName} has left. People who left sign in nowhere.`);
  const secret = Buffer.from(ra.randomBytes(32)).toString('base64url');
  const createdAt = ra.now();
  const expiresAt = new Date(createdAt.getTime() + LINK_FOR);
  const id = randomUUID();
  await withTransaction(ra.db, async (tx) => {
    await insertSignInLink(tx, {
      id,
      secretSha256: linkDigest(secret),
      personId,
      madeBy: actor.personId,
      createdAt,
      expiresAt,
    });
    await writeAudit(tx, [
      {
        kind: 'access.passkey-link',
        outcome: 'success',
        actor: by,
        objectType: 'person',
        objectId: personId,
        detail: { link: id, until: expiresAt.toISOString() },
      },
    ]);
  });
  return { url: `${ra.site.urls.portal}/console/passkey#${secret}`, displayName: person.displayName, expiresAt };
}

/** What the page of a link needs: whom it is for, and what to ask the authenticator. Binds the challenge to a cookie. */
export async function beginRegistration(ra: Ra, secret: string, address: string) {
  assertOffered(ra, 'passkey');
  const attempts = await beginAttempts(ra, address, credentialSubject('link', secret));
  const link = await findSignInLink(ra.db, linkDigest(secret), ra.now());
  if (!link) {
    await recordFailure(ra, attempts, 'passkey-link', 'link-refused');
    return { refusal: deadLink() };
  }
  const known = await listSignInPasskeys(ra.db, link.personId);
  const options = await generateRegistrationOptions({
    rpName: 'SEE PKI',
    rpID: signInParty(ra).rpId,
    userID: userHandle(ra, link.personId),
    userName: link.displayName,
    userDisplayName: link.displayName,
    challenge: new Uint8Array(ra.randomBytes(32)),
    timeout: ANSWER_WITHIN,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId: id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  const cookie = Buffer.from(ra.randomBytes(32)).toString('base64url');
  await withTransaction(ra.db, async (tx) => {
    await clearFailures(tx, attempts);
    const pending = { purpose: 'register', challenge: options.challenge, linkId: link.id } as const;
    await insertChallenge(tx, cookieDigest('ceremony', cookie), pending, new Date(ra.now().getTime() + ANSWER_WITHIN));
  });
  return { cookie, displayName: link.displayName, options };
}

/** Registers the passkey that was made, which uses the link up. */
export async function finishRegistration(
  ra: Ra,
  cookie: string | undefined,
  label: string,
  answer: RegistrationAnswer,
  address: string,
): Promise<{ readonly displayName: string } | { readonly refusal: Refusal }> {
  assertOffered(ra, 'passkey');
  const name = passkeyLabel(label);
  const pending = cookie && (await takeChallenge(ra.db, cookieDigest('ceremony', cookie), 'register', ra.now()));
  const attempts = await beginAttempts(ra, address);
  const link = pending && (await findSignInLinkById(ra.db, pending.linkId, ra.now()));
  if (!pending || !link) {
    await recordFailure(ra, attempts, 'passkey-link', pending ? 'link-refused' : 'no-challenge');
    return { refusal: pending ? deadLink() : tooLate() };
  }
  const made = await verifyRegistration(answer, pending.challenge, signInParty(ra));
  if ('fault' in made) {
    await recordFailure(ra, attempts, 'passkey-link', made.fault);
    return {
      refusal: new Refusal('sign-in-refused', 'The passkey does not hold up. Open the link again and make another.'),
    };
  }
  const id = randomUUID();
  await withTransaction(ra.db, async (tx) => {
    await clearFailures(tx, attempts);
    await insertSignInPasskey(tx, {
      id,
      linkId: link.id,
      personId: link.personId,
      label: name,
      createdAt: ra.now(),
      ...made,
    });
    await writeAudit(tx, [registered(link, id, name, made.algorithm, made.synced, address)]);
  });
  return { displayName: link.displayName };
}

function registered(
  link: OpenSignInLink,
  id: string,
  label: string,
  algorithm: number,
  synced: boolean,
  address: string,
) {
  return {
    kind: 'access.passkey-registered',
    outcome: 'success',
    actor: { personId: link.personId, method: 'passkey-link', address },
    objectType: 'person',
    objectId: link.personId,
    detail: { id, link: link.id, label, algorithm, synced },
  } as const;
}

function linkDigest(secret: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`see-pki/sign-in-link/v1\0${secret}`).digest());
}

function deadLink(): Refusal {
  return new Refusal(
    'sign-in-refused',
    'This link is not good any more: it was used, or a day is over. Ask the administrator who made it for another.',
  );
}

function tooLate(): Refusal {
  return new Refusal('sign-in-refused', 'It took longer than five minutes, or another page was in between. Try again.');
}
