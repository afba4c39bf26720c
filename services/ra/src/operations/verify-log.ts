import { randomUUID } from 'node:crypto';
import { type AuditActor, withTransaction, writeAudit } from '@see/db';
import { readLogSize, verifyAudit } from '@see/db/log';
import {
  type AuditVerification,
  finishAuditVerification,
  insertAuditVerification,
  listAuditVerifications,
  noteAuditProgress,
} from '@see/db/ra';
import type { Ra } from '../ra.ts';

/** A proof that said nothing for so long has stopped with its process, in milliseconds. */
const SILENT = 60_000;

/** Whether a proof goes on: it is not finished, and it was heard of. */
export function isRunning({ finishedAt, seenAt }: AuditVerification, now: Date): boolean {
  return finishedAt === null && now.getTime() - seenAt.getTime() < SILENT;
}

/**
 * Starts a proof of the whole audit log, which goes on by itself, or gives the id of the one that is going on. It is held
 * against the checkpoints of the database; against the signer's own memory, which is kept elsewhere, `see audit verify`
 * holds it.
 */
export async function startVerification(ra: Ra, by: AuditActor): Promise<string> {
  const [last] = await listAuditVerifications(ra.db, 1);
  if (last && isRunning(last, ra.now())) return last.id;
  const id = randomUUID();
  const entries = await readLogSize(ra.db);
  await withTransaction(ra.db, async (tx) => {
    await insertAuditVerification(tx, { id, startedBy: by.personId ?? '', startedAt: ra.now(), entries });
    await writeAudit(tx, [
      {
        kind: 'audit.verification-started',
        outcome: 'success',
        actor: by,
        objectType: 'audit-verification',
        objectId: id,
        detail: { entries },
      },
    ]);
  });
  void verify(ra, id, by).catch((error: unknown) => ra.log('error', 'a proof of the audit log stopped', { error, id }));
  return id;
}

async function verify(ra: Ra, id: string, by: AuditActor): Promise<void> {
  const authority = await ra.authority.refresh();
  const report = await verifyAudit(ra.db, authority, ra.instance, {
    progress: (verified) =>
      void noteAuditProgress(ra.db, id, verified, ra.now()).catch((error: unknown) =>
        ra.log('warn', 'progress could not be noted', { error, id }),
      ),
  });
  await withTransaction(ra.db, async (tx) => {
    await finishAuditVerification(tx, id, report, ra.now());
    await writeAudit(tx, [
      {
        kind: 'audit.verified',
        outcome: report.ok ? 'success' : 'failure',
        actor: by,
        objectType: 'audit-verification',
        objectId: id,
        detail: {
          entries: report.entries,
          checkpoints: report.checkpoints,
          root: report.root,
          break: report.break?.code,
        },
      },
    ]);
  });
}
