import { createHash } from 'node:crypto';
import pg from 'pg';
import { clientConfig } from './connect.ts';
import type { ProcessIdentity } from './embedded/index.ts';

/** Who supervises an instance, as the database tells. */
export interface InstanceHolder extends ProcessIdentity {
  /** ISO 8601, UTC, to the second. */
  readonly since: string;
  /** The terminal or package manager that started it is gone. */
  readonly orphaned: boolean;
}

/** The held lock. */
export interface InstanceLock {
  /** Tells others that the starter of this supervisor is gone. */
  markOrphaned(): Promise<void>;
  /** Lets go of the lock. */
  release(): Promise<void>;
}

/** First half of the lock's key; the second tells instances of one database apart. */
const CLASS = 0x5ee;

/** The key of the one instance on a cluster of our own. */
export const OWN_CLUSTER = 0;

/** The key of the instance in this place on a database that several machines may share: 31 bits of a hash of host and data folder. */
export function placeKey(host: string, dataDir: string): number {
  return createHash('sha256').update(`${host}\0${dataDir}`).digest().readUInt32BE(0) >>> 1;
}

/**
 * Takes the session lock that says who supervises this instance, on a connection of its own whose name tells pid, start and since. When another session has it, its holder is
 * returned. `onLost` is called once when the connection, and so the lock, is lost without {@link InstanceLock.release}.
 */
export async function takeInstanceLock(
  ownerUrl: string,
  key: number,
  self: ProcessIdentity & { readonly since: string },
  onLost: (error: Error) => void,
): Promise<{ lock: InstanceLock } | { heldBy: InstanceHolder | undefined }> {
  let holding = false;
  const client = new pg.Client({
    ...clientConfig(ownerUrl, holderName({ ...self, orphaned: false })),
    connectionTimeoutMillis: 10_000,
  });
  const lose = (error: Error): void => {
    if (!holding) return;
    holding = false;
    onLost(error);
  };
  client.on('error', lose);
  await client.connect();
  const taken = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [CLASS, key]);
  if (!taken.rows[0]?.taken) {
    const heldBy = await readHolder(client, key);
    await client.end();
    return { heldBy };
  }
  holding = true;
  client.on('end', () => lose(new Error('the connection that holds the instance lock ended')));
  return {
    lock: {
      markOrphaned: async () => {
        await client.query(`select set_config('application_name', $1, false)`, [
          holderName({ ...self, orphaned: true }),
        ]);
      },
      release: async () => {
        holding = false;
        await client.end().catch(() => undefined);
      },
    },
  };
}

/** Who holds the lock now, or undefined when nobody does. Throws when the database cannot be reached. */
export async function findInstanceHolder(ownerUrl: string, key: number): Promise<InstanceHolder | undefined> {
  const client = new pg.Client({ ...clientConfig(ownerUrl, 'see status'), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await readHolder(client, key);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readHolder(client: pg.Client, key: number): Promise<InstanceHolder | undefined> {
  const found = await client.query<{ name: string | null }>(
    `select a.application_name as name from pg_locks l left join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $1 and l.objid = $2
       and l.database = (select oid from pg_database where datname = current_database())`,
    [CLASS, key],
  );
  return parseHolderName(found.rows[0]?.name ?? '');
}

/** At most 63 characters, which is all that PostgreSQL keeps of a name. */
function holderName({ pid, started, since, orphaned }: InstanceHolder): string {
  return `see up ${pid} ${started} ${since.slice(0, 19)}Z${orphaned ? ' o' : ''}`;
}

function parseHolderName(name: string): InstanceHolder | undefined {
  const [, pid, started, since, orphaned] = /^see up (\d+) (\S+) (\S+Z)( o)?$/.exec(name) ?? [];
  if (pid === undefined || started === undefined || since === undefined) return undefined;
  return { pid: Number(pid), started, since, orphaned: orphaned !== undefined };
}
