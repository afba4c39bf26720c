import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { findAddressees, insertReportedBounce } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { readMailAddress } from '@see/policy';
import { authorise } from '../permissions.ts';
import type { Ra } from '../ra.ts';

/** An address that mail came back from, with the people who have it. */
export interface ReportedBounce {
  readonly address: string;
  readonly since: Date;
  readonly people: readonly string[];
}

/** Flags an address of the registry: no code goes there until somebody shows that it is theirs. Throws Refusal. */
export async function reportBounce(
  ra: Ra,
  actor: Actor,
  by: AuditActor,
  wish: { readonly address: string; readonly note?: string },
): Promise<ReportedBounce> {
  const mail = readMailAddress(wish.address);
  const address = mail ? `${mail.localPart}@${mail.domain}` : wish.address;
  const people = mail ? await findAddressees(ra.db, address) : [];
  if (people.length === 0) throw new Refusal('not-found', 'Nobody in the registry has this address.');
  for (const { agencyId } of people) authorise(actor, 'mail-bounce.create', agencyId);
  const since = await withTransaction(ra.db, async (tx) => {
    const at = await insertReportedBounce(tx, { address, note: wish.note ?? null, reportedBy: actor.personId });
    await writeAudit(
      tx,
      people.map(({ id }) => ({
        kind: 'mailbox.bounced',
        outcome: 'success' as const,
        actor: by,
        objectType: 'person',
        objectId: id,
        detail: { address, ...(wish.note === undefined ? {} : { note: wish.note }) },
      })),
    );
    return at;
  });
  return { address, since, people: people.map(({ id }) => id) };
}
