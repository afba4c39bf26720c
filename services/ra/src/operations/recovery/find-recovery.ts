import { findRecovery, type RecoveryRow } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { authorise, OF_ANOTHER_AGENCY, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';

/**
 * The recovery with this id, when the actor may do this to it. Agents and auditors see all; whoever may ask sees what they
 * asked for themselves, so that nobody learns from the list that their own mail is being read.
 */
export async function recoveryFor(ra: Ra, actor: Actor, operation: Operation, id: string): Promise<RecoveryRow> {
  const recovery = await findRecovery(ra.db, id);
  if (!recovery) throw new Refusal('not-found', 'There is no recovery with this id.');
  authorise(actor, operation, recovery.agencyId);
  if (!seesAll(actor) && recovery.requesterId !== actor.personId)
    throw new Refusal('not-found', 'There is no recovery with this id.', { cause: OF_ANOTHER_AGENCY });
  return recovery;
}

/** Whether an actor sees the recoveries that others asked for. */
export function seesAll(actor: Actor): boolean {
  return actor.role === 'ca-operations' || actor.role === 'auditor';
}
