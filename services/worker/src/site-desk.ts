import type { Database } from '@see/db';
import { keepSiteObservation, listSitesToObserve } from '@see/db/worker';
import { Lanes } from './lanes.ts';
import { type ObserveOptions, observeSite } from './observe-site.ts';

const AGAIN_MS = 6 * 3_600_000;
/** Sites that are looked at in one run, and at once. */
const MOST = 200;
const AT_ONCE = 4;

export interface SiteDeskDeps {
  readonly db: Database;
  readonly closing: AbortSignal;
  readonly now: () => Date;
  /** How names become addresses; the system's unless given. */
  readonly lookup?: ObserveOptions['lookup'];
}

/** Looks at the certificates of the catalogue's sites, each every six hours. */
export class SiteDesk {
  readonly #deps: SiteDeskDeps;

  constructor(deps: SiteDeskDeps) {
    this.#deps = deps;
  }

  /** Looks at the sites whose time has come. Returns how many those were. */
  async run(): Promise<number> {
    const { db, closing, now, lookup } = this.#deps;
    const lanes = new Lanes(AT_ONCE);
    const sites = await listSitesToObserve(db, new Date(now().getTime() - AGAIN_MS), MOST);
    await Promise.all(
      sites.map(({ serviceId, host, port }) =>
        lanes.run(async () => {
          if (closing.aborted) return;
          const seen = await observeSite({ host, port, ...(lookup ? { lookup } : {}) });
          if (!closing.aborted) await keepSiteObservation(db, serviceId, now(), seen);
        }),
      ),
    );
    return sites.length;
  }
}
