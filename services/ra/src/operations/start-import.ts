import { type AuditActor, brokenConstraint, notify, withTransaction, writeAudit } from '@see/db';
import { type ImportRow, insertImport } from '@see/db/ra';
import { Refusal } from '@see/http';
import type { ImportPlan, PlannedRow } from '@see/person-import';
import { hasForbiddenCharacter } from '@see/x509';
import type { Ra } from '../ra.ts';
import { type ImportWish, prepareImport } from './prepare-import.ts';

/**
 * Stores an import with its rows, exactly as it was previewed, for the runner to do. Throws Refusal `import-changed` when
 * the plan is no longer the one of this digest, `import-refused` when it may not be confirmed, `wrong-state` while
 * another import of the agency is open, and `already-exists` for all but one who confirm at the same time.
 */
export async function startImport(ra: Ra, by: AuditActor, wish: ImportWish, confirm: string): Promise<string> {
  const id = crypto.randomUUID();
  const createdBy = by.personId ?? 'unknown';
  try {
    await withTransaction(ra.db, async (tx) => {
      const { plan, open } = await prepareImport(ra, tx, wish, createdBy);
      if (open !== null) throw stillOpen(open);
      if (plan.digest !== confirm) throw changed(plan);
      if (!plan.confirmable) throw refusedPlan(plan);
      const { sameName = 'skip', leaveOut = false, agencyId } = wish;
      const rows = plan.rows.map(storedRow);
      const digest = Uint8Array.fromHex(plan.digest);
      const order = wish.order ?? null;
      await insertImport(tx, { id, agencyId, digest, sameName, leaveOut, order, actor: by, createdBy, rows });
      const create = plan.rows.filter(({ outcome }) => outcome === 'create').length;
      await writeAudit(tx, [
        {
          kind: 'import.create',
          outcome: 'success',
          actor: by,
          objectType: 'import',
          objectId: id,
          detail: { agencyId, digest: plan.digest, rows: rows.length, create, sameName, leaveOut, order },
        },
      ]);
      await notify(tx, 'see_imports', 0);
    });
  } catch (error) {
    if (/^imports_(?:one_open|agency_id_digest_key)$/.test(brokenConstraint(error) ?? '')) throw atTheSameTime(error);
    throw error;
  }
  ra.importRunner.wake();
  return id;
}

function storedRow(planned: PlannedRow): Omit<ImportRow, 'personId' | 'order'> {
  const { row, reason } = planned;
  return {
    row,
    externalId: storable(planned.externalId),
    givenName: storable(planned.givenName),
    surname: storable(planned.surname),
    displayName: storable(planned.displayName),
    email: storable(planned.email),
    state: planned.outcome === 'create' ? 'waiting' : 'skipped',
    code: reason?.code ?? null,
    reason: reason?.message ?? null,
  };
}

/** What a row that is left out held, unless it holds what no record may. */
function storable(text: string | null): string | null {
  return text === null || text === '' || text.length > 1_000 || hasForbiddenCharacter(text) ? null : text;
}

function stillOpen(id: string): Refusal {
  return new Refusal('wrong-state', 'An import of this agency is not done yet. Wait for it, resume it or cancel it.', {
    extensions: { importId: id },
  });
}

function changed({ digest }: ImportPlan): Refusal {
  return new Refusal(
    'import-changed',
    'The file, the options or the registry changed since the preview, so the import would do something else. Preview it again.',
    { extensions: { digest } },
  );
}

function refusedPlan({ problems }: ImportPlan): Refusal {
  if (problems.length === 0)
    return new Refusal('import-refused', 'No row would become a new person, so there is nothing to confirm.');
  return new Refusal(
    'import-refused',
    'The file has problems. Correct it, or have the rows left out that can be; the preview lists them all.',
    {
      violations: problems.map(({ row, column, code, message, remedy, source }) => ({
        code,
        path: `row ${row ?? '-'} column ${column ?? '-'}`,
        message,
        ...(remedy === undefined ? {} : { remedy }),
        ...(source === undefined ? {} : { source }),
      })),
    },
  );
}

function atTheSameTime(cause: unknown): Refusal {
  return new Refusal('already-exists', 'An import of this agency was confirmed at the same time. Look at that one.', {
    cause,
  });
}
