import { type Batch, findBatch } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { authorise, type Operation } from '../permissions.ts';
import type { Ra } from '../ra.ts';

/** The batch with this id, when the actor may do this to it. For others it does not exist. */
export async function batchFor(ra: Ra, actor: Actor, operation: Operation, id: string): Promise<Batch> {
  const found = await findBatch(ra.db, id);
  if (!found) throw new Refusal('not-found', 'There is no batch with this id.');
  authorise(actor, operation, found.agencyId);
  return found;
}
