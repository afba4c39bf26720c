import { type AuditActor, type Tx, withTransaction, writeAudit } from '@see/db';
import {
  type AgencyApplication,
  type ApplicationLetter,
  findApplication,
  insertApplication,
  moveApplication,
  type RegisterExtract,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import { organizationIdentifierFault } from '@see/lint';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';

/** What an agency that wants to be a member says of itself, with the letter that says so. */
export interface ApplicationWish {
  readonly agencyId: string;
  readonly name: string;
  readonly organizationIdentifier: string;
  readonly letter: ApplicationLetter;
}

/** Enters the application of an agency that has no scope. Returns its id. */
export async function applyForMembership(ra: Ra, by: AuditActor, wish: ApplicationWish): Promise<string> {
  if (ra.authority.current.agencies.has(wish.agencyId))
    throw new Refusal('already-exists', `Agency ${wish.agencyId} is or was a member. Use another id.`);
  const fault = organizationIdentifierFault(wish.organizationIdentifier, ra.authority.current.configuration.country);
  if (fault !== undefined)
    throw refusedFor('invalid-request', [
      { code: 'organization-identifier', message: fault, path: 'body/organizationIdentifier', source: 'PRF-G' },
    ]);
  assertPast(ra, wish.letter.signedOn, 'body/letter/signedOn');
  const id = crypto.randomUUID();
  await withTransaction(ra.db, async (tx) => {
    await insertApplication(tx, { ...wish, id, proposedBy: by.personId ?? 'unknown' });
    await audit(tx, by, id, 'agency.proposed', { ...wish });
  });
  return id;
}

/** Records that name and identifier stand in a register. By another operator than the one who entered the application. */
export async function verifyOrganization(
  ra: Ra,
  by: AuditActor,
  id: string,
  register: RegisterExtract,
): Promise<AgencyApplication> {
  assertPast(ra, register.extractOf, 'body/extractOf');
  return decide(ra, by, id, 'verify-org', { register });
}

/** Ends an application that leads nowhere, with the reason. */
export async function declineApplication(
  ra: Ra,
  by: AuditActor,
  id: string,
  reason: string,
): Promise<AgencyApplication> {
  return decide(ra, by, id, 'decline', { reason });
}

async function decide(
  ra: Ra,
  by: AuditActor,
  id: string,
  event: 'verify-org' | 'decline',
  decision: { readonly register?: RegisterExtract; readonly reason?: string },
): Promise<AgencyApplication> {
  return withTransaction(ra.db, async (tx) => {
    const moved = await moveApplication(tx, id, event, { by: by.personId ?? 'unknown', ...decision });
    const found = await findApplication(tx, id);
    if (!found) throw new Refusal('not-found', 'There is no application with this id.');
    if (!moved) throw new Refusal('wrong-state', `The application is ${found.state}.`);
    await audit(tx, by, id, event === 'decline' ? 'agency.declined' : 'agency.verified', {
      agencyId: found.agencyId,
      ...decision,
    });
    return found;
  });
}

function assertPast(ra: Ra, day: string, path: string): void {
  if (Date.parse(`${day}T00:00:00Z`) <= ra.now().getTime() + 86_400_000) return;
  throw refusedFor('invalid-request', [{ code: 'day-to-come', message: 'the day is still to come', path }]);
}

async function audit(tx: Tx, by: AuditActor, objectId: string, kind: string, detail: object): Promise<void> {
  await writeAudit(tx, [
    { kind, outcome: 'success', actor: by, objectType: 'agency-application', objectId, detail: { ...detail } },
  ]);
}
