import type { Kysely } from 'kysely';
import * as foundation from './20261122-0100-foundation.ts';
import * as orderTransitions from './20261122-0200-order-transitions.ts';
import * as lifeEvents from './20261122-0500-life-events.ts';
import * as expiryNotices from './20261122-0600-expiry-notices.ts';
import * as personImports from './20261122-0615-person-imports.ts';
import * as jobQueue from './20261122-0740-job-queue.ts';
import * as mailOutbox from './20261122-0740-mail-outbox.ts';
import * as mailboxControl from './20261122-0740-mailbox-control.ts';
import * as personalEvidence from './20261122-0740-personal-evidence.ts';
import * as registeredDomains from './20261122-0740-registered-domains.ts';

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
    name: '20261122-0200-order-transitions',
    file: new URL('./20261122-0200-order-transitions.ts', import.meta.url),
    up: orderTransitions.up,
  },
  {
    name: '20261122-0500-life-events',
    file: new URL('./20261122-0500-life-events.ts', import.meta.url),
    up: lifeEvents.up,
  },
  {
    name: '20261122-0600-expiry-notices',
    file: new URL('./20261122-0600-expiry-notices.ts', import.meta.url),
    up: expiryNotices.up,
  },
  {
    name: '20261122-0615-person-imports',
    file: new URL('./20261122-0615-person-imports.ts', import.meta.url),
    up: personImports.up,
  },
  {
    name: '20261122-0740-job-queue',
    file: new URL('./20261122-0740-job-queue.ts', import.meta.url),
    up: jobQueue.up,
  },
  {
    name: '20261122-0740-mail-outbox',
    file: new URL('./20261122-0740-mail-outbox.ts', import.meta.url),
    up: mailOutbox.up,
  },
  {
    name: '20261122-0740-mailbox-control',
    file: new URL('./20261122-0740-mailbox-control.ts', import.meta.url),
    up: mailboxControl.up,
  },
  {
    name: '20261122-0740-personal-evidence',
    file: new URL('./20261122-0740-personal-evidence.ts', import.meta.url),
    up: personalEvidence.up,
  },
  {
    name: '20261122-0740-registered-domains',
    file: new URL('./20261122-0740-registered-domains.ts', import.meta.url),
    up: registeredDomains.up,
  },
];
