import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { type HrFeed, revokeHrFeed } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';

/** Revokes a feed: nothing that it tells is taken from now on. What it declared for later stays; it can be called off. */
export async function endHrFeed(ra: Ra, actor: Actor, by: AuditActor, feed: HrFeed, reason: string): Promise<void> {
  await withTransaction(ra.db, async (tx) => {
    if (!(await revokeHrFeed(tx, feed.id, actor.personId, ra.now())))
      throw new Refusal('wrong-state', 'The feed is revoked already.');
    await writeAudit(tx, [
      {
        kind: 'hr-feed.revoke',
        outcome: 'success',
        actor: by,
        objectType: 'hr-feed',
        objectId: feed.id,
        detail: { agencyId: feed.agencyId, name: feed.name, reason },
      },
    ]);
  });
}
