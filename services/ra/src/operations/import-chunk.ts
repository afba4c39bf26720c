import { notify, type Tx, writeAudit } from '@see/db';
import {
  type ClaimedImport,
  claimImport,
  type FailedRow,
  findImport,
  findTakenMails,
  findTakenNumbers,
  insertEvidence,
  insertOrders,
  insertPeople,
  type NewPerson,
  readWaitingRows,
  setImportState,
  settleRows,
  type WaitingRow,
} from '@see/db/ra';
import { type Authority, personId, type Refusal } from '@see/domain';
import { agencyViolations, personViolations, readMailAddress } from '@see/policy';
import type { Ra } from '../ra.ts';
import { REVIEW_AFTER } from './create-person.ts';
import { evaluateWish, type OrderMaking } from './evaluate-wish.ts';
import { type ImportOrder, importOrderRequest, noKey, typeOf } from './import-order.ts';
import { type OrderToStore, orderToStore } from './order-to-store.ts';
import { assessWord } from './personal-evidence.ts';
import { noReadings, type ReadRisks, readImportRisks } from './risk-readings.ts';

/**
 * Does the next rows of the oldest running import that nobody else works on: each becomes a person, with the order that
 * was confirmed for each, and their audit events, in the name of whoever confirmed; or fails with the reason, because the
 * rules are asked again as they are now. With its last row the import is done. False when there was nothing to do.
 */
export async function importChunk(tx: Tx, making: ImportMaking, size: number): Promise<boolean> {
  const claimed = await claimImport(tx);
  if (!claimed) return false;
  const most = claimed.order === null ? size : Math.min(size, MOST_ORDERED);
  const rows = await readWaitingRows(tx, claimed.id, most);
  const faults = await faultsOf(tx, making.authority.current, claimed, rows);
  const risks = claimed.order === null ? undefined : await readImportRisks(tx, making, claimed.agencyId);
  const made: MadeRow[] = [];
  for (const row of rows) {
    if (faults.has(row.row)) continue;
    const one = await makeRow(making, claimed, row, risks?.of ?? noReadings);
    if ('code' in one) {
      faults.set(row.row, one);
      continue;
    }
    made.push(one);
    risks?.add(one.person);
  }
  const orders = made.flatMap(({ order }) => (order ? [order] : []));
  await insertPeople(
    tx,
    made.map(({ person }) => person),
  );
  if (orders.length > 0) {
    await insertOrders(
      tx,
      orders.map(({ order }) => order),
    );
  }
  const words = orders.flatMap(({ word }) => (word ? [word] : []));
  if (words.length > 0) {
    await insertEvidence(
      tx,
      words.map(({ item }) => item),
    );
  }
  await writeAudit(tx, [
    ...made.map(({ row, person }) => ({
      kind: 'person.create',
      outcome: 'success' as const,
      actor: claimed.actor,
      objectType: 'person',
      objectId: person.id,
      detail: { agencyId: claimed.agencyId, importId: claimed.id, row },
    })),
    ...orders.map(({ event }) => event),
    ...words.map(({ event }) => event),
  ]);
  const done = made.map(({ row, person, order }) => ({ row, personId: person.id, orderId: order?.order.id ?? null }));
  await settleRows(tx, claimed.id, [...done, ...faults.values()]);
  if (rows.length < most) await finish(tx, claimed);
  await notify(tx, 'see_imports', 0);
  if (orders.length > 0) await notify(tx, 'see_orders', 0);
  return true;
}

/** Rows in one transaction when each is ordered for: evaluating an order takes some of a millisecond. */
const MOST_ORDERED = 100;

/** What doing rows takes of ra. */
export type ImportMaking = OrderMaking & Pick<Ra, 'site'>;

interface MadeRow {
  readonly row: number;
  readonly person: NewPerson;
  readonly order: OrderToStore | undefined;
}

/** The person of a row, and their order; or why there can be none. */
async function makeRow(
  making: ImportMaking,
  claimed: ClaimedImport,
  row: WaitingRow,
  risks: ReadRisks,
): Promise<MadeRow | FailedRow> {
  const now = making.now();
  const { agencyId, order: wish } = claimed;
  const { givenName, surname, displayName, externalId } = row;
  const email = storedAddress(row.email);
  const id = personId(making.randomBytes(10));
  const nextReviewAt = new Date(now.getTime() + REVIEW_AFTER);
  const names = { givenName, surname, displayName, email };
  const verified = { lastVerifiedAt: now, nextReviewAt, verifiedBy: claimed.createdBy };
  const person = { id, agencyId, ...names, externalId, ...verified };
  if (wish === null) return { row: row.row, person, order: undefined };
  const { sponsorId } = wish as ImportOrder;
  const assessed = assessWord(making, agencyId, typeOf(wish as ImportOrder), sponsorId, claimed.createdBy);
  if (!assessed.ok) return failed(row.row, assessed.missing);
  const evidence = { import: claimed.digest.toHex(), row: String(row.row), ...assessed.used };
  const request = importOrderRequest(agencyId, wish as ImportOrder, person, evidence);
  const evaluation = await evaluateWish(making, request, crypto.randomUUID(), noKey, risks);
  if (!evaluation.ok) return failed(row.row, evaluation.violations);
  const { byWord } = assessed;
  const detail = { importId: claimed.id, row: row.row };
  return {
    row: row.row,
    person,
    order: orderToStore(evaluation, request, claimed.actor, claimed.createdBy, { byWord, detail }),
  };
}

function failed(row: number, [first]: readonly Refusal[]): FailedRow {
  return { row, code: first?.code ?? 'order-refused', reason: first?.message ?? 'the order breaks a rule' };
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
): Promise<Map<number, FailedRow>> {
  const taken = await findTakenMails(
    tx,
    rows.map(({ email }) => email),
  );
  const numbers = await findTakenNumbers(
    tx,
    agencyId,
    rows.flatMap(({ externalId }) => externalId ?? []),
  );
  const general = agencyViolations(authority, agencyId);
  const faults = new Map<number, FailedRow>();
  for (const row of rows) {
    const [first] = [
      ...general,
      ...personViolations(authority, agencyId, { ...row, givenName: row.givenName ?? undefined }),
      ...(taken.has(row.email.toLowerCase()) ? [TAKEN] : []),
      ...(row.externalId !== null && numbers.has(row.externalId) ? [NUMBER_TAKEN] : []),
    ];
    if (first) faults.set(row.row, { row: row.row, code: first.code, reason: first.message });
  }
  return faults;
}

const TAKEN = {
  code: 'mail-address-taken',
  message: 'somebody with this mail address was registered after the import was confirmed',
};

const NUMBER_TAKEN = {
  code: 'external-id-taken',
  message: 'somebody of the agency got this number after the import was confirmed',
};

/** The address with its domain in lower case, as for one person. */
function storedAddress(email: string): string {
  const mail = readMailAddress(email);
  return mail ? `${mail.localPart}@${mail.domain}` : email;
}
