import { setImmediate } from 'node:timers/promises';
import type { Database, Tx } from '@see/db';
import { findLatestImport, findRegistered } from '@see/db/ra';
import { Refusal } from '@see/http';
import { type ColumnMapping, type ImportPlan, type PeopleFile, planImport, readPeople } from '@see/person-import';
import type { Ra } from '../ra.ts';

/** What is asked of an import, before it is confirmed and when it is. */
export interface ImportWish {
  readonly agencyId: string;
  /** Base64 of the file's octets. */
  readonly csv: string;
  readonly mapping?: ColumnMapping;
  readonly sameName?: 'skip' | 'create';
  readonly leaveOut?: boolean;
}

export interface PreparedImport {
  readonly file: PeopleFile;
  readonly plan: ImportPlan;
  /** The agency's import that is not done yet. */
  readonly open: string | null;
}

/**
 * Reads the file and plans the import against the registry as it is now, with two questions to the database however
 * many rows there are. Writes nothing. Throws Refusal `invalid-request` when the file is not base64.
 */
export async function prepareImport(ra: Ra, db: Database | Tx, wish: ImportWish): Promise<PreparedImport> {
  const file = readPeople(octetsOf(wish.csv), wish.mapping ?? {});
  const emails = file.people.map(({ email }) => email.toWellFormed().replaceAll('\0', ''));
  const latest = await findLatestImport(db, wish.agencyId);
  const registry = await findRegistered(db, wish.agencyId, emails);
  const plan = await planImport(
    file,
    {
      authority: ra.authority.current,
      agencyId: wish.agencyId,
      registry,
      after: latest?.id ?? null,
      options: { sameName: wish.sameName ?? 'skip', leaveOut: wish.leaveOut ?? false },
    },
    setImmediate,
  );
  return { file, plan, open: latest && latest.state !== 'done' ? latest.id : null };
}

function octetsOf(base64: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(base64);
  } catch (cause) {
    const message = 'Must be base64 of the octets of the file';
    throw new Refusal('invalid-request', `${message} (body/csv).`, {
      violations: [{ code: 'wrong-form', path: 'body/csv', message }],
      cause,
    });
  }
}
