import { findImport, type Import } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { authorise, type Operation } from '../permissions.ts';
import type { Ra } from '../ra.ts';

/** The import with this id, when the actor may do this to it. For others it does not exist. */
export async function importFor(ra: Ra, actor: Actor, operation: Operation, id: string): Promise<Import> {
  const found = await findImport(ra.db, id);
  if (!found) throw new Refusal('not-found', 'There is no import with this id.');
  authorise(actor, operation, found.agencyId);
  return found;
}
