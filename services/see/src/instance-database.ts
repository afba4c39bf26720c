import { hostname } from 'node:os';
import {
  type EmbeddedPostgres,
  ensureLoginsOn,
  type FolderLock,
  findEmbedded,
  migrate,
  OWN_CLUSTER,
  placeKey,
  type ServiceName,
  startEmbedded,
} from '@see/db';
import type { Configuration, Layout } from '@see/process';

/** The database of one instance, ours or someone else's. */
export interface InstanceDatabase {
  readonly kind: 'embedded' | 'external';
  /** Contains a password. */
  readonly ownerUrl: string;
  /** Key of the lock that says who supervises. */
  readonly lockKey: number;
  readonly embedded?: EmbeddedPostgres;
  /** URL of a service's own login. Contains a password. */
  serviceUrl(service: ServiceName): string;
}

/**
 * Makes the instance's database available: starts or adopts the embedded one, or connects to the one that SEE_DATABASE_URL names. On the latter the services' logins
 * are made with generated passwords unless SEE_DATABASE_URL_<SERVICE> are given.
 */
export async function openInstanceDatabase(
  lock: FolderLock,
  layout: Layout,
  configuration: Configuration,
  progress: (message: string) => void,
): Promise<InstanceDatabase> {
  const { database } = configuration;
  if (database.kind === 'embedded') {
    return fromEmbedded(await startEmbedded(lock, { ...layout.database, progress }));
  }
  const generated = await ensureLoginsOn(database.ownerUrl, layout.stateDir, database.serviceUrls);
  return {
    kind: 'external',
    ownerUrl: database.ownerUrl,
    lockKey: externalLockKey(layout),
    serviceUrl: (service) => generated[service],
  };
}

/** The database if it answers without our starting it: the embedded one when it runs, an external one always. */
export function findInstanceDatabase(
  layout: Layout,
  configuration: Configuration,
): Pick<InstanceDatabase, 'kind' | 'ownerUrl' | 'lockKey' | 'embedded'> | undefined {
  const { database } = configuration;
  if (database.kind === 'external')
    return { kind: 'external', ownerUrl: database.ownerUrl, lockKey: externalLockKey(layout) };
  const embedded = findEmbedded(layout.database);
  return embedded && fromEmbedded(embedded);
}

/** Migrates and says what was applied. */
export async function migrateInstance(
  database: { readonly ownerUrl: string },
  say: (message: string) => void,
): Promise<string[]> {
  return migrate(database.ownerUrl, { progress: say });
}

function fromEmbedded(embedded: EmbeddedPostgres): InstanceDatabase {
  return {
    kind: 'embedded',
    get ownerUrl() {
      return embedded.ownerUrl;
    },
    lockKey: OWN_CLUSTER,
    embedded,
    serviceUrl: (service) => embedded.serviceUrl(service),
  };
}

function externalLockKey(layout: Layout): number {
  return placeKey(hostname(), layout.dataDir);
}
