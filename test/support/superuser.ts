import { sql } from 'kysely';
import type { World } from './world.ts';

/** What somebody who owns the database can do: triggers off, then whatever they like, in one transaction. */
export async function asSuperuser(
  world: World,
  tables: readonly string[],
  ...statements: readonly string[]
): Promise<void> {
  await world.owner.transaction().execute(async (tx) => {
    for (const table of tables) await sql.raw(`alter table ${table} disable trigger user`).execute(tx);
    for (const statement of statements) await sql.raw(statement).execute(tx);
    for (const table of tables) await sql.raw(`alter table ${table} enable trigger user`).execute(tx);
  });
}
