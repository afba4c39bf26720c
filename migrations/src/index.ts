import type { Kysely } from 'kysely';
import * as foundation from './20261122-0100-foundation.ts';
import * as orderTransitions from './20261122-0200-order-transitions.ts';
import * as lifeEvents from './20261122-0500-life-events.ts';
import * as expiryNotices from './20261122-0600-expiry-notices.ts';
import * as personImports from './20261122-0615-person-imports.ts';
import * as signIn from './20261122-0700-sign-in.ts';
import * as escrowedKeys from './20261122-0720-escrowed-keys.ts';
import * as keyRecovery from './20261122-0720-key-recovery.ts';
import * as jobQueue from './20261122-0740-job-queue.ts';
import * as mailOutbox from './20261122-0740-mail-outbox.ts';
import * as mailboxControl from './20261122-0740-mailbox-control.ts';
import * as personalEvidence from './20261122-0740-personal-evidence.ts';
import * as registeredDomains from './20261122-0740-registered-domains.ts';
import * as orderBatches from './20261122-0800-order-batches.ts';
import * as importOrders from './20261122-0810-import-orders.ts';
import * as recoveryLetter from './20261122-0820-recovery-letter.ts';
import * as linksLetter from './20261122-0830-links-letter.ts';
import * as agencyMembership from './20261122-0840-agency-membership.ts';
import * as certificateSessions from './20261122-0900-certificate-sessions.ts';
import * as oidcSignIn from './20261122-0905-oidc-sign-in.ts';
import * as orderRisks from './20261122-0910-order-risks.ts';
import * as hrFeeds from './20261122-0911-hr-feeds.ts';
import * as renewals from './20261122-0920-renewals.ts';
import * as directoryConfirmations from './20261122-0921-directory-confirmations.ts';
import * as operatorDigests from './20261122-0922-operator-digests.ts';
import * as recordReviews from './20261122-0925-record-reviews.ts';
import * as recordExports from './20261122-0926-record-exports.ts';
import * as disposals from './20261122-0928-disposals.ts';
import * as lostFiles from './20261122-1000-lost-files.ts';
import * as consoleLists from './20261122-1101-console-lists.ts';
import * as auditVerifications from './20261122-1102-audit-verifications.ts';
import * as registryPages from './20261122-1201-registry-pages.ts';
import * as keyAlgorithm from './20261122-1300-key-algorithm.ts';
import * as serviceCatalogue from './20261122-1310-service-catalogue.ts';
import * as reportsOfFeed from './20261122-1400-reports-of-feed.ts';
import * as letterKinds from './20261122-1500-letter-kinds.ts';
import * as crlScopes from './20261122-1600-crl-scopes.ts';
import * as crlTimes from './20261122-1620-crl-times.ts';

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
    name: '20261122-0700-sign-in',
    file: new URL('./20261122-0700-sign-in.ts', import.meta.url),
    up: signIn.up,
  },
  {
    name: '20261122-0720-escrowed-keys',
    file: new URL('./20261122-0720-escrowed-keys.ts', import.meta.url),
    up: escrowedKeys.up,
  },
  {
    name: '20261122-0720-key-recovery',
    file: new URL('./20261122-0720-key-recovery.ts', import.meta.url),
    up: keyRecovery.up,
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
  {
    name: '20261122-0800-order-batches',
    file: new URL('./20261122-0800-order-batches.ts', import.meta.url),
    up: orderBatches.up,
  },
  {
    name: '20261122-0810-import-orders',
    file: new URL('./20261122-0810-import-orders.ts', import.meta.url),
    up: importOrders.up,
  },
  {
    name: '20261122-0820-recovery-letter',
    file: new URL('./20261122-0820-recovery-letter.ts', import.meta.url),
    up: recoveryLetter.up,
  },
  {
    name: '20261122-0830-links-letter',
    file: new URL('./20261122-0830-links-letter.ts', import.meta.url),
    up: linksLetter.up,
  },
  {
    name: '20261122-0840-agency-membership',
    file: new URL('./20261122-0840-agency-membership.ts', import.meta.url),
    up: agencyMembership.up,
  },
  {
    name: '20261122-0900-certificate-sessions',
    file: new URL('./20261122-0900-certificate-sessions.ts', import.meta.url),
    up: certificateSessions.up,
  },
  {
    name: '20261122-0905-oidc-sign-in',
    file: new URL('./20261122-0905-oidc-sign-in.ts', import.meta.url),
    up: oidcSignIn.up,
  },
  {
    name: '20261122-0910-order-risks',
    file: new URL('./20261122-0910-order-risks.ts', import.meta.url),
    up: orderRisks.up,
  },
  {
    name: '20261122-0911-hr-feeds',
    file: new URL('./20261122-0911-hr-feeds.ts', import.meta.url),
    up: hrFeeds.up,
  },
  {
    name: '20261122-0920-renewals',
    file: new URL('./20261122-0920-renewals.ts', import.meta.url),
    up: renewals.up,
  },
  {
    name: '20261122-0921-directory-confirmations',
    file: new URL('./20261122-0921-directory-confirmations.ts', import.meta.url),
    up: directoryConfirmations.up,
  },
  {
    name: '20261122-0922-operator-digests',
    file: new URL('./20261122-0922-operator-digests.ts', import.meta.url),
    up: operatorDigests.up,
  },
  {
    name: '20261122-0925-record-reviews',
    file: new URL('./20261122-0925-record-reviews.ts', import.meta.url),
    up: recordReviews.up,
  },
  {
    name: '20261122-0926-record-exports',
    file: new URL('./20261122-0926-record-exports.ts', import.meta.url),
    up: recordExports.up,
  },
  {
    name: '20261122-0928-disposals',
    file: new URL('./20261122-0928-disposals.ts', import.meta.url),
    up: disposals.up,
  },
  {
    name: '20261122-1000-lost-files',
    file: new URL('./20261122-1000-lost-files.ts', import.meta.url),
    up: lostFiles.up,
  },
  {
    name: '20261122-1101-console-lists',
    file: new URL('./20261122-1101-console-lists.ts', import.meta.url),
    up: consoleLists.up,
  },
  {
    name: '20261122-1102-audit-verifications',
    file: new URL('./20261122-1102-audit-verifications.ts', import.meta.url),
    up: auditVerifications.up,
  },
  {
    name: '20261122-1201-registry-pages',
    file: new URL('./20261122-1201-registry-pages.ts', import.meta.url),
    up: registryPages.up,
  },
  {
    name: '20261122-1300-key-algorithm',
    file: new URL('./20261122-1300-key-algorithm.ts', import.meta.url),
    up: keyAlgorithm.up,
  },
  {
    name: '20261122-1310-service-catalogue',
    file: new URL('./20261122-1310-service-catalogue.ts', import.meta.url),
    up: serviceCatalogue.up,
  },
  {
    name: '20261122-1400-reports-of-feed',
    file: new URL('./20261122-1400-reports-of-feed.ts', import.meta.url),
    up: reportsOfFeed.up,
  },
  {
    name: '20261122-1500-letter-kinds',
    file: new URL('./20261122-1500-letter-kinds.ts', import.meta.url),
    up: letterKinds.up,
  },
  {
    name: '20261122-1600-crl-scopes',
    file: new URL('./20261122-1600-crl-scopes.ts', import.meta.url),
    up: crlScopes.up,
  },
  {
    name: '20261122-1620-crl-times',
    file: new URL('./20261122-1620-crl-times.ts', import.meta.url),
    up: crlTimes.up,
  },
];
