import { AGENCY_MACHINE, type ApplicationState, moveOf } from '@see/domain';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

/** A letter of a chief executive. */
export interface ApplicationLetter {
  readonly reference: string;
  readonly signedBy: string;
  /** ISO 8601 day. */
  readonly signedOn: string;
}

/** What a register says about an organization. */
export interface RegisterExtract {
  readonly name: string;
  readonly entry: string;
  /** ISO 8601 day. */
  readonly extractOf: string;
}

export interface AgencyApplication {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly organizationIdentifier: string;
  readonly letter: ApplicationLetter;
  readonly state: ApplicationState;
  readonly register: RegisterExtract | null;
  readonly reason: string | null;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Stores an application. A second open one for an agency breaks `agency_applications_one`. */
export async function insertApplication(
  tx: Tx,
  wanted: Pick<AgencyApplication, 'id' | 'agencyId' | 'name' | 'organizationIdentifier' | 'letter' | 'proposedBy'>,
): Promise<void> {
  await tx
    .insertInto('agency_applications')
    .values({
      id: wanted.id,
      agency_id: wanted.agencyId,
      name: wanted.name,
      organization_identifier: wanted.organizationIdentifier,
      letter: JSON.stringify(wanted.letter),
      proposed_by: wanted.proposedBy,
    })
    .execute();
}

/** Moves an application on; false when it is in no state for it. */
export async function moveApplication(
  tx: Tx,
  id: string,
  event: 'verify-org' | 'decline',
  decision: { readonly by: string; readonly register?: RegisterExtract; readonly reason?: string },
): Promise<boolean> {
  const { from, to } = moveOf(AGENCY_MACHINE, event);
  const moved = await tx
    .updateTable('agency_applications')
    .set({
      state: to as ApplicationState,
      decided_by: decision.by,
      ...(decision.register ? { register: JSON.stringify(decision.register) } : {}),
      ...(decision.reason === undefined ? {} : { reason: decision.reason }),
    })
    .where('id', '=', id)
    .where('state', 'in', from as ApplicationState[])
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

export async function findApplication(db: Database | Tx, id: string): Promise<AgencyApplication | undefined> {
  const row = await db.selectFrom('agency_applications').selectAll().where('id', '=', id).executeTakeFirst();
  return row && applicationOf(row);
}

/** Applications, the newest first; those that were declined only when asked for. At most 500. */
export async function listApplications(
  db: Database,
  filter: { readonly agencyId?: string; readonly declined?: boolean },
): Promise<readonly AgencyApplication[]> {
  let query = db.selectFrom('agency_applications').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(500);
  if (filter.agencyId !== undefined) query = query.where('agency_id', '=', filter.agencyId);
  if (!filter.declined) query = query.where('state', '<>', 'declined');
  return (await query.execute()).map(applicationOf);
}

interface Row {
  readonly id: string;
  readonly agency_id: string;
  readonly name: string;
  readonly organization_identifier: string;
  readonly letter: unknown;
  readonly state: ApplicationState;
  readonly register: unknown;
  readonly reason: string | null;
  readonly proposed_by: string;
  readonly decided_by: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function applicationOf(row: Row): AgencyApplication {
  return {
    id: row.id,
    agencyId: row.agency_id,
    name: row.name,
    organizationIdentifier: row.organization_identifier,
    letter: row.letter as ApplicationLetter,
    state: row.state,
    register: row.register as RegisterExtract | null,
    reason: row.reason,
    proposedBy: row.proposed_by,
    decidedBy: row.decided_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
