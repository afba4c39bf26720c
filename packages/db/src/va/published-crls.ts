import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** A CRL as stored. Nothing of it is verified, its number neither. */
export interface StoredCrl {
  readonly number: bigint;
  readonly der: Uint8Array;
}

/** The highest number of a scope. */
export interface CrlHead {
  readonly scope: string;
  readonly number: bigint;
}

/** The scopes of which a CA has CRLs, each with the highest number: a few looks into the index a scope, however many lists there are. */
export async function readCrlHeads(db: Database, ca: string): Promise<CrlHead[]> {
  const answer = await sql<{ scope: string; number: string }>`
    with recursive scopes as (
      (select scope from crls where ca = ${ca} order by scope limit 1)
      union all
      select (select c.scope from crls c where c.ca = ${ca} and c.scope > s.scope order by c.scope limit 1)
      from scopes s where s.scope is not null)
    select s.scope, (select c.number::text from crls c where c.ca = ${ca} and c.scope = s.scope order by c.number desc limit 1) as number
    from scopes s where s.scope is not null`.execute(db);
  return answer.rows.map(({ scope, number }) => ({ scope, number: BigInt(number) }));
}

/** No row has a number above it, though a CRL may. */
const HIGHEST = 2n ** 63n - 1n;

function bounded(number: bigint): string {
  return String(number > HIGHEST ? HIGHEST : number);
}

/** The CRL of a scope with the highest number from `atLeast` to `atMost`; undefined where there is none. */
export async function readHighestCrl(
  db: Database,
  ca: string,
  scope: string,
  atLeast: bigint,
  atMost: bigint,
): Promise<StoredCrl | undefined> {
  const answer = await sql<{ number: string; der: Uint8Array }>`
    select number::text, der from crls
    where ca = ${ca} and scope = ${scope} and number between ${bounded(atLeast)}::bigint and ${bounded(atMost)}::bigint
    order by number desc limit 1`.execute(db);
  return answer.rows.map(({ number, der }) => ({ number: BigInt(number), der }))[0];
}

/** Numbers of CRLs of a scope that were made at or before a time, the last first. */
export async function readCrlNumbersUntil(
  db: Database,
  ca: string,
  scope: string,
  at: Date,
  limit: number,
): Promise<bigint[]> {
  const answer = await sql<{ number: string }>`
    select number::text from crls where ca = ${ca} and scope = ${scope} and this_update <= ${at}
    order by this_update desc, number desc limit ${limit}`.execute(db);
  return answer.rows.map(({ number }) => BigInt(number));
}

/** Numbers of CRLs of a scope that were made at or after a time, the first first. */
export async function readCrlNumbersFrom(
  db: Database,
  ca: string,
  scope: string,
  from: Date,
  limit: number,
): Promise<bigint[]> {
  const answer = await sql<{ number: string }>`
    select number::text from crls where ca = ${ca} and scope = ${scope} and this_update >= ${from}
    order by this_update, number limit ${limit}`.execute(db);
  return answer.rows.map(({ number }) => BigInt(number));
}
