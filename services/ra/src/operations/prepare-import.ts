import { setImmediate } from 'node:timers/promises';
import type { Database, Tx } from '@see/db';
import { findLatestImport, findRegistered } from '@see/db/ra';
import type { OrderRisk } from '@see/domain';
import { type Actor, Refusal } from '@see/http';
import { type ColumnMapping, type ImportPlan, type PeopleFile, planImport, readPeople } from '@see/person-import';
import type { CanonicalValue } from '@see/statement';
import { authorise } from '../permissions.ts';
import type { Ra } from '../ra.ts';
import { assertParty } from './create-order.ts';
import { checkImportOrder, type ImportOrder } from './import-order.ts';

/** What is asked of an import, before it is confirmed and when it is. */
export interface ImportWish {
  readonly agencyId: string;
  /** Base64 of the file's octets. */
  readonly csv: string;
  readonly mapping?: ColumnMapping;
  readonly sameName?: 'skip' | 'create';
  readonly leaveOut?: boolean;
  /** What is ordered for each person who is entered; nothing when absent. */
  readonly order?: ImportOrder;
}

export interface PreparedImport {
  readonly file: PeopleFile;
  readonly plan: ImportPlan;
  /** By row, why an order would need a second approval, as things are now. */
  readonly risks: ReadonlyMap<number, OrderRisk>;
  /** The agency's import that is not done yet. */
  readonly open: string | null;
}

/** An import that orders certificates is for those who may order them, in their own name. */
export function assertMayOrder(actor: Actor, { agencyId, order }: ImportWish): void {
  if (!order) return;
  authorise(actor, 'order.create', agencyId);
  assertParty(actor, order);
}

/**
 * Reads the file and plans the import against the registry as it is now, with two questions to the database however
 * many rows there are. Writes nothing. Throws Refusal `invalid-request` when the file is not base64.
 */
export async function prepareImport(
  ra: Ra,
  db: Database | Tx,
  wish: ImportWish,
  enteredBy: string,
): Promise<PreparedImport> {
  const file = readPeople(octetsOf(wish.csv), wish.mapping ?? {});
  const emails = file.people.map(({ email }) => email.toWellFormed().replaceAll('\0', ''));
  const latest = await findLatestImport(db, wish.agencyId);
  const registry = await findRegistered(db, wish.agencyId, emails);
  const order = wish.order && (await checkImportOrder(db, ra, wish.agencyId, wish.order, enteredBy));
  const plan = await planImport(
    file,
    {
      authority: ra.authority.current,
      agencyId: wish.agencyId,
      registry,
      after: latest?.id ?? null,
      options: { sameName: wish.sameName ?? 'skip', leaveOut: wish.leaveOut ?? false },
      order: wish.order && order ? { wish: plain(wish.order), general: order.general, of: order.of } : null,
    },
    setImmediate,
  );
  return { file, plan, risks: order?.risks ?? new Map(), open: latest && latest.state !== 'done' ? latest.id : null };
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

/** The wish without members that are undefined, which have no canonical form. */
function plain(order: ImportOrder): CanonicalValue {
  return JSON.parse(JSON.stringify(order)) as CanonicalValue;
}
