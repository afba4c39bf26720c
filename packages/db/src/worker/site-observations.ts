import { sql } from 'kysely';
import type { Database } from '../connect.ts';

/** A site of the catalogue that has to be looked at. */
export interface SiteToObserve {
  readonly serviceId: string;
  readonly host: string;
  readonly port: number;
}

/** Sites that were not looked at since a time, those never looked at first. */
export async function listSitesToObserve(db: Database, before: Date, limit: number): Promise<readonly SiteToObserve[]> {
  return db
    .selectFrom('services as s')
    .leftJoin('site_observations as o', 'o.service_id', 's.id')
    .select(['s.id as serviceId', 's.host', 's.port'])
    .where('s.removed_at', 'is', null)
    .where((where) => where.or([where('o.seen_at', 'is', null), where('o.seen_at', '<', before)]))
    .orderBy(sql`o.seen_at nulls first`)
    .limit(limit)
    .execute();
}

/** What a site showed: a certificate, or why none was seen. */
export type SiteSeen =
  | { readonly sha256: Uint8Array; readonly issuer: string; readonly notAfter: Date }
  | { readonly fault: string };

/** Keeps what a site showed in the place of what it showed before. */
export async function keepSiteObservation(db: Database, serviceId: string, at: Date, seen: SiteSeen): Promise<void> {
  const row =
    'fault' in seen
      ? { seen_at: at, sha256: null, issuer: null, not_after: null, fault: seen.fault.slice(0, 300) }
      : {
          seen_at: at,
          sha256: seen.sha256,
          issuer: seen.issuer.slice(0, 300),
          not_after: seen.notAfter,
          fault: null,
        };
  await db
    .insertInto('site_observations')
    .values({ service_id: serviceId, ...row })
    .onConflict((conflict) => conflict.column('service_id').doUpdateSet(row))
    .execute();
}
