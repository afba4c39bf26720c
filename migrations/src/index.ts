import type { Kysely } from 'kysely';
import * as foundation from './20261122-0100-foundation.ts';
import * as personImports from './20261122-0615-person-imports.ts';

/** One forward-only step. `name` is recorded with a hash of the step's source; neither may change once released. */
export interface Migration {
  readonly name: string;
  readonly file: URL;
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/** Every migration in the order in which it runs. */
export const migrations: readonly Migration[] = [
  {
    name: '20261122-0100-foundation',
    file: new URL('./20261122-0100-foundation.ts', import.meta.url),
    up: foundation.up,
  },
  {
    name: '20261122-0615-person-imports',
    file: new URL('./20261122-0615-person-imports.ts', import.meta.url),
    up: personImports.up,
  },
];
