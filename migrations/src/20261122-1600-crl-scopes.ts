import { type Kysely, sql } from 'kysely';

/**
 * CRLs of several scopes of one CA (RFC 5280 5.2.4, 5.2.5): full ones, deltas and parts of the serial numbers. All lists of a CA
 * share one row of numbers, and those of one moment have the same one (REV-9). DER of signed lists does not get smaller when it is
 * compressed, so it is not tried.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
ALTER TABLE crls ADD COLUMN scope text NOT NULL DEFAULT 'full' CHECK (scope ~ '^(full|delta|[1-9][0-9]{0,3}-[0-9]{1,4})$');
ALTER TABLE crls DROP CONSTRAINT crls_pkey;
ALTER TABLE crls ADD PRIMARY KEY (ca, scope, number);
ALTER TABLE crls ALTER COLUMN der SET STORAGE EXTERNAL;
`)
    .execute(db);
}
