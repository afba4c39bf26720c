import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { insertHrFeed } from '@see/db/ra';
import { Fields, readPublicJwk } from '@see/domain';
import { type Actor, formatToken, Refusal, tokenDigest } from '@see/http';
import { type CanonicalValue, credentialId, type PublicJwk } from '@see/statement';
import type { Ra } from '../../ra.ts';
import { asRefusal } from '../../refusal.ts';

/** What an operator says of a new feed. */
export interface HrFeedWish {
  readonly agencyId: string;
  readonly name: string;
  readonly kind: 'webhook' | 'scim';
  /** Of a webhook: P-384, as JWK. */
  readonly publicKey?: unknown;
  readonly dailyCap?: number;
  readonly days?: number;
}

/** Leavers that a feed may declare in 24 hours unless it is told otherwise. */
export const USUAL_CAP = 20;
/** Days until a feed expires unless it is told otherwise. */
export const USUAL_DAYS = 365;
const DAY = 86_400_000;

/**
 * Registers a feed of an agency's HR system. A webhook has a public key of which we never have the other half; SCIM has a token,
 * which is returned here and of which only the digest is kept.
 */
export async function createHrFeed(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  wish: HrFeedWish,
): Promise<{ readonly id: string; readonly token: string | null }> {
  if (ra.authority.current.agencies.get(wish.agencyId)?.status !== 'active')
    throw new Refusal('wrong-state', `There is no active agency ${wish.agencyId}.`);
  const publicKey = keyOf(wish);
  const token = wish.kind === 'scim' ? formatToken(ra.randomBytes(32)) : null;
  const createdAt = ra.now();
  const feed = {
    id: crypto.randomUUID(),
    agencyId: wish.agencyId,
    name: wish.name,
    kind: wish.kind,
    keyId: publicKey && credentialId(publicKey),
    publicKey,
    dailyCap: wish.dailyCap ?? USUAL_CAP,
    createdBy: actor.personId,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + (wish.days ?? USUAL_DAYS) * DAY),
  };
  await withTransaction(ra.db, async (tx) => {
    await insertHrFeed(tx, { ...feed, tokenSha256: token === null ? null : tokenDigest(token) });
    const { id, agencyId, name, kind, keyId, dailyCap, expiresAt } = feed;
    await writeAudit(tx, [
      {
        kind: 'hr-feed.create',
        outcome: 'success',
        actor: by,
        objectType: 'hr-feed',
        objectId: id,
        detail: { agencyId, name, kind, keyId, dailyCap, expiresAt: expiresAt.toISOString() },
      },
    ]);
  });
  return { id: feed.id, token };
}

function keyOf({ kind, publicKey }: HrFeedWish): PublicJwk | null {
  if (kind === 'webhook' && publicKey !== undefined)
    return asRefusal('invalid-request', () => readPublicJwk(new Fields(publicKey as CanonicalValue, 'body/publicKey')));
  if (kind === 'scim' && publicKey === undefined) return null;
  const message = kind === 'scim' ? 'SCIM has a token and no key' : 'A webhook has a public key, P-384 as JWK';
  throw new Refusal('invalid-request', `${message} (body/publicKey).`, {
    violations: [{ code: 'wrong-form', path: 'body/publicKey', message }],
  });
}
