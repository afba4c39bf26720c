import { createHash } from 'node:crypto';
import { type Tx, withTransaction, writeAudit } from '@see/db';
import { type AttemptLimit, beginAttempt, clearAttempts, clearSubject, type Lock, readLocks } from '@see/db/ra';
import { Refusal } from '@see/http';
import type { SignInMethod } from '@see/process';
import type { Ra } from '../ra.ts';

/** How long a failure counts, in milliseconds. */
const WINDOW = 15 * 60_000;
/** Failures within the window after which nothing is looked at any more: of one credential (GOV-15), from one address. */
const MOST = { token: 3, passkey: 3, link: 3, certificate: 3, oidc: 3, address: 30 } as const;

export type Credential = Exclude<keyof typeof MOST, 'address'>;

/** Attempts under way, counted as failures until `clearFailures` says otherwise. */
export interface Attempts {
  readonly address: string;
  readonly credential: string | undefined;
  readonly counted: readonly { readonly subject: string; readonly id: number; readonly last: boolean }[];
}

/** The name under which failures of a credential are counted: a hash, whether or not the credential exists. */
export function credentialSubject(kind: Credential, text: string): string {
  return `${kind} ${createHash('sha256').update(`see-pki/attempt/v1\0${text}`).digest('hex')}`;
}

/**
 * Counts an attempt for the address that makes it and for the credential that it shows, before anything is looked up.
 * Throws Refusal `too-many-requests` when either has had enough: in the same words, whichever it is and whether or not
 * there is such a credential.
 */
export async function beginAttempts(ra: Ra, address: string, credential?: string): Promise<Attempts> {
  const limits: AttemptLimit[] = [{ subject: `address ${address}`, most: MOST.address }];
  if (credential !== undefined) {
    limits.push({ subject: credential, most: MOST[credential.split(' ')[0] as Credential] });
  }
  const now = ra.now();
  return withTransaction(ra.db, async (tx) => {
    const counted: Attempts['counted'][number][] = [];
    for (const limit of limits) {
      const attempt = await beginAttempt(tx, limit, WINDOW, now);
      if ('lockedUntil' in attempt) throw tooMany(attempt.lockedUntil, now);
      counted.push({ subject: limit.subject, id: attempt.id, last: attempt.failures >= limit.most });
    }
    return { address, credential, counted };
  });
}

/** Records that an attempt failed, why, and what is locked by it. The reason, and what `more` there is to know, is for the audit trail alone. */
export async function recordFailure(
  ra: Ra,
  attempts: Attempts,
  method: SignInMethod | 'passkey-link',
  reason: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const actor = { method, address: attempts.address };
  const about = attempts.credential ?? `address ${attempts.address}`;
  const kind = method === 'passkey-link' ? 'access.passkey-registered' : 'access.sign-in';
  await writeAudit(ra.db, [
    { kind, outcome: 'failure', actor, objectType: 'session', objectId: about, detail: { reason, ...more } },
    ...attempts.counted
      .filter(({ last }) => last)
      .map(({ subject }) => ({
        kind: 'access.locked',
        outcome: 'success' as const,
        actor: { process: 'ra', address: attempts.address },
        objectType: 'sign-in',
        objectId: subject,
        detail: { minutes: WINDOW / 60_000 },
      })),
  ]);
}

/** Takes back what was counted for an attempt that succeeded, and earlier failures of the same credential. */
export async function clearFailures(tx: Tx, attempts: Attempts): Promise<void> {
  if (attempts.credential !== undefined) await clearSubject(tx, attempts.credential);
  await clearAttempts(
    tx,
    attempts.counted.map(({ id }) => id),
  );
}

/** What is locked now, the longest first. */
export function listLocks(ra: Ra): Promise<readonly Lock[]> {
  return readLocks(ra.db, MOST, WINDOW, ra.now());
}

/** Failures before this time count no more. */
export function attemptsOver(ra: Ra): Date {
  return new Date(ra.now().getTime() - WINDOW);
}

function tooMany(until: Date, now: Date): Refusal {
  const wait = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return new Refusal(
    'too-many-requests',
    `Too many attempts failed. Signing in is possible again in ${Math.ceil(wait / 60)} minutes.`,
    { headers: { 'retry-after': String(wait) }, extensions: { retryAfter: wait } },
  );
}
