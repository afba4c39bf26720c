import { randomBytes, randomUUID } from 'node:crypto';
import { query } from '../../../../test/support/query.ts';
import type { World } from '../../../../test/support/world.ts';

/** Who the made-up certificates are for. */
const SUBJECT = 'bench-mass';

/** Puts so many rows of certificates of a CA into the database, in one statement each table, without octets. */
export async function insertMass(world: World, ca: string, count: number): Promise<void> {
  const order = new Uint8Array(randomBytes(48));
  await world.owner
    .insertInto('signed_orders')
    .values({ order_digest: order, order_id: randomUUID(), claimed_at: new Date() })
    .execute();
  await asSuperuser(
    world,
    `insert into intents (ca, serial, order_digest, item, profile_id, profile_digest, spki_sha256, subject_key, tbs, created_at)
     select '${ca}', substr('\\x41'::bytea || sha256(int4send(g)), 1, 16), '\\x${order.toHex()}', g, 'user-auth', '\\x00',
       sha256(int4send(g)), '${SUBJECT}', '\\x00', now()
     from generate_series(1, ${count}) g`,
    `insert into certificates (id, ca, serial, profile_id, subject, names, not_before, not_after, spki_sha256, sha256, issued_at)
     select id, ca, serial, profile_id, 'CN=Measured', '{}', now(), now() + interval '365 days', spki_sha256, sha256(serial), now()
     from intents where subject_key = '${SUBJECT}'`,
    'analyze certificates',
  );
}

/** Gives the made-up certificates octets, all the same. */
export async function insertMassOctets(world: World, der: Uint8Array): Promise<void> {
  await asSuperuser(
    world,
    `insert into certificate_bytes (certificate_id, der)
     select id, '\\x${der.toHex()}' from intents where subject_key = '${SUBJECT}'`,
  );
}

/** Without triggers and without looking whether what is referred to is there. */
async function asSuperuser(world: World, ...statements: readonly string[]): Promise<void> {
  await query(world.postgres.superuserUrl, ['set session_replication_role = replica', ...statements].join(';\n'));
}
