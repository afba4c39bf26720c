import { type AuthorityFollower, notify, type Tx, writeAudit } from '@see/db';
import {
  type ClaimedImport,
  claimImport,
  findImport,
  findTakenMails,
  insertPeople,
  type RowOutcome,
  readWaitingRows,
  setImportState,
  settleRows,
  type WaitingRow,
} from '@see/db/ra';
import { type Authority, personId } from '@see/domain';
import { agencyViolations, personViolations, readMailAddress } from '@see/policy';
import { REVIEW_AFTER } from './create-person.ts';

/** What making people's records takes besides the database. */
export interface ChunkSurroundings {
  readonly authority: AuthorityFollower;
  readonly now: () => Date;
  readonly randomBytes: (octets: number) => Uint8Array;
}

/**
 * Does the next rows of the oldest running import that nobody else works on: each becomes a person with their audit
 * event, in the name of whoever confirmed, or fails with the reason, because the rules are asked again as they are now.
 * With its last row the import is done. False when there was nothing to do.
 */
export async function importChunk(tx: Tx, surroundings: ChunkSurroundings, size: number): Promise<boolean> {
  const claimed = await claimImport(tx);
  if (!claimed) return false;
  const rows = await readWaitingRows(tx, claimed.id, size);
  const faults = await faultsOf(tx, surroundings.authority.current, claimed, rows);
  const made = rows
    .filter(({ row }) => !faults.has(row))
    .map((row) => ({ row, id: personId(surroundings.randomBytes(10)) }));
  const now = surroundings.now();
  await insertPeople(
    tx,
    made.map(({ row, id }) => ({
      id,
      agencyId: claimed.agencyId,
      givenName: row.givenName,
      surname: row.surname,
      displayName: row.displayName,
      email: storedAddress(row.email),
      lastVerifiedAt: now,
      nextReviewAt: new Date(now.getTime() + REVIEW_AFTER),
    })),
  );
  await writeAudit(
    tx,
    made.map(({ row, id }) => ({
      kind: 'person.create',
      outcome: 'success',
      actor: claimed.actor,
      objectType: 'person',
      objectId: id,
      detail: { agencyId: claimed.agencyId, importId: claimed.id, row: row.row },
    })),
  );
  const outcomes = [...made.map(({ row, id }) => ({ row: row.row, personId: id })), ...faults.values()];
  await settleRows(tx, claimed.id, outcomes);
  if (rows.length < size) await finish(tx, claimed);
  await notify(tx, 'see_imports', 0);
  return true;
}

/** Marks the next row as one that the database refused, with the state that it gave. */
export async function refuseNextRow(tx: Tx, state: string): Promise<void> {
  const claimed = await claimImport(tx);
  const [next] = claimed ? await readWaitingRows(tx, claimed.id, 1) : [];
  if (!claimed || !next) return;
  const reason = `the database refused the record (${state})`;
  await settleRows(tx, claimed.id, [{ row: next.row, code: 'database-refused', reason }]);
}

async function finish(tx: Tx, claimed: ClaimedImport): Promise<void> {
  await setImportState(tx, claimed.id, 'done');
  const after = await findImport(tx, claimed.id);
  await writeAudit(tx, [
    {
      kind: 'import.finish',
      outcome: 'success',
      actor: { process: 'ra' },
      objectType: 'import',
      objectId: claimed.id,
      detail: { agencyId: claimed.agencyId, ...after?.counts },
    },
  ]);
}

/** Rows that no longer become a person, with the first reason. */
async function faultsOf(
  tx: Tx,
  authority: Authority,
  { agencyId }: ClaimedImport,
  rows: readonly WaitingRow[],
): Promise<ReadonlyMap<number, RowOutcome>> {
  const taken = await findTakenMails(
    tx,
    rows.map(({ email }) => email),
  );
  const general = agencyViolations(authority, agencyId);
  const faults = new Map<number, RowOutcome>();
  for (const row of rows) {
    const [first] = [
      ...general,
      ...personViolations(authority, agencyId, { ...row, givenName: row.givenName ?? undefined }),
      ...(taken.has(row.email.toLowerCase()) ? [TAKEN] : []),
    ];
    if (first) faults.set(row.row, { row: row.row, code: first.code, reason: first.message });
  }
  return faults;
}

const TAKEN = {
  code: 'mail-address-taken',
  message: 'somebody with this mail address was registered after the import was confirmed',
};

/** The address with its domain in lower case, as for one person. */
function storedAddress(email: string): string {
  const mail = readMailAddress(email);
  return mail ? `${mail.localPart}@${mail.domain}` : email;
}
