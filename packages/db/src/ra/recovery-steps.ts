import { sql } from 'kysely';
import type { Database } from '../connect.ts';
import type { Tx } from '../transaction.ts';

export interface RecoveryApproval {
  readonly personId: string;
  readonly credentialId: string;
  readonly createdAt: Date;
}

/**
 * Records an agent's approval. The schema takes the person from the credential and refuses removed credentials, other
 * content, states that take none, who is a party (SE006), who is no agent of this key today (SE020), a second agent of
 * the agency that asks (SE021) and the same agent twice (see recognise in ra).
 */
export async function insertRecoveryApproval(
  tx: Tx,
  approval: {
    readonly recoveryId: string;
    readonly digest: Uint8Array;
    readonly credentialId: string;
    readonly personId: string;
    readonly signature: unknown;
  },
): Promise<void> {
  await tx
    .insertInto('recovery_approvals')
    .values({
      recovery_id: approval.recoveryId,
      recovery_digest: approval.digest,
      credential_id: approval.credentialId,
      person_id: approval.personId,
      signature: JSON.stringify(approval.signature),
    })
    .execute();
}

/** The approvals of a recovery, the first first. */
export async function listRecoveryApprovals(db: Database | Tx, recoveryId: string): Promise<RecoveryApproval[]> {
  const rows = await db
    .selectFrom('recovery_approvals')
    .select(['person_id', 'credential_id', 'created_at'])
    .where('recovery_id', '=', recoveryId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    credentialId: row.credential_id,
    createdAt: row.created_at,
  }));
}

/** What one agent opened for the other. */
export interface RecoveryOpening {
  readonly personId: string;
  readonly envelope: Uint8Array;
}

/** Keeps what an agent opened, once and until the recovery ends. The schema refuses it from who did not approve (SE019). */
export async function insertRecoveryOpening(tx: Tx, recoveryId: string, opening: RecoveryOpening): Promise<void> {
  await tx
    .insertInto('recovery_openings')
    .values({ recovery_id: recoveryId, person_id: opening.personId, envelope: opening.envelope })
    .execute();
}

export async function findRecoveryOpening(db: Database | Tx, recoveryId: string): Promise<RecoveryOpening | undefined> {
  const row = await db
    .selectFrom('recovery_openings')
    .select(['person_id', 'envelope'])
    .where('recovery_id', '=', recoveryId)
    .executeTakeFirst();
  return row && { personId: row.person_id, envelope: row.envelope };
}

/** The envelopes of a kept key, one an agent, in the agents' order. */
export async function readEscrowEnvelopes(
  db: Database | Tx,
  key: { readonly attemptId: number; readonly item: number },
): Promise<readonly Uint8Array[]> {
  const answer = await sql<{ envelopes: Uint8Array[] }>`
    select envelopes from escrowed_keys where attempt_id = ${key.attemptId} and item = ${key.item}`.execute(db);
  return answer.rows[0]?.envelopes ?? [];
}
