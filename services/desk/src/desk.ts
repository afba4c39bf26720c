import type { AuthorityFollower, Database } from '@see/db';
import type { LogLevel } from '@see/http';
import type { Site } from '@see/ui';

/** Everything that the routes of the desk work with. Made once, in main.ts. */
export interface Desk {
  /** Under a login that may only read. */
  readonly db: Database;
  readonly authority: AuthorityFollower;
  readonly site: Site;
  readonly now: () => Date;
  readonly log: (level: LogLevel, message: string, fields: Record<string, unknown>) => void;
}
