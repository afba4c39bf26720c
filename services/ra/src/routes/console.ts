import { type App, createLimit } from '@see/http';
import type { Ra } from '../ra.ts';
import { refuseOtherWays } from '../sign-in/offered.ts';
import { agenciesRoutes } from './console/agencies.ts';
import { agencyRoutes } from './console/agency.ts';
import { auditRoute } from './console/audit.ts';
import { auditVerificationRoutes } from './console/audit-verifications.ts';
import { batchRoutes } from './console/batch.ts';
import { batchesRoutes } from './console/batches.ts';
import { bundlesRoutes } from './console/bundles.ts';
import { certificateRoutes } from './console/certificate.ts';
import { certificateSignInRoutes } from './console/certificate-sign-in.ts';
import { certificatesRoute } from './console/certificates.ts';
import { declareRoutes } from './console/declare.ts';
import { figuresRoutes } from './console/figures.ts';
import { homeRoute } from './console/home.ts';
import { hrFeedRoutes } from './console/hr-feed.ts';
import { hrFeedsRoute } from './console/hr-feeds.ts';
import { importRoutes } from './console/import.ts';
import { leaversRoutes } from './console/leavers.ts';
import { mailsRoutes } from './console/mails.ts';
import { newApplicationRoutes } from './console/new-application.ts';
import { newHrFeedRoutes } from './console/new-hr-feed.ts';
import { newImportRoutes } from './console/new-import.ts';
import { newPersonRoutes } from './console/new-person.ts';
import { newSiteReportRoutes } from './console/new-site-report.ts';
import { oidcRoutes } from './console/oidc.ts';
import { operatorsRoute } from './console/operators.ts';
import { orderRoutes } from './console/order.ts';
import { orderForPersonRoutes } from './console/order-for-person.ts';
import { orderPartyRoutes } from './console/order-party.ts';
import { ordersRoute } from './console/orders.ts';
import { passkeyRoutes, type SignInCookies } from './console/passkey.ts';
import { peopleRoutes } from './console/people.ts';
import { personRoutes } from './console/person.ts';
import { personAccountRoutes } from './console/person-accounts.ts';
import { personIdentityRoutes } from './console/person-identity.ts';
import { profileRoutes } from './console/profiles.ts';
import { recordsRoutes } from './console/records.ts';
import { recoveriesRoutes } from './console/recoveries.ts';
import { requestRecoveryRoutes } from './console/request-recovery.ts';
import { reviewsRoute } from './console/reviews.ts';
import { revokeCertificateRoutes } from './console/revoke-certificate.ts';
import { searchRoute } from './console/search.ts';
import { cataloguePages } from './console/services.ts';
import { requireSession } from './console/session.ts';
import { sessionRoutes } from './console/sessions.ts';
import { signInRoutes } from './console/sign-in.ts';
import { statementRoutes } from './console/statements.ts';
import { takeForms } from './take-forms.ts';

/** Tries to sign in that one address has in a minute. */
const SIGN_IN = { max: 20, window: 60_000 };

/** The same of passkeys and accounts, where signing in takes two requests or three and the choice of a role another. */
const PASSKEY = { max: 60, window: 60_000 };

/** The console: pages and forms for those who signed in. All of it but passkeys works without scripts. Nothing of it is cached. */
export async function consoleRoutes(app: App, ra: Ra, cookies: SignInCookies): Promise<void> {
  const limit = createLimit(app, SIGN_IN);
  const passkeyLimit = createLimit(app, PASSKEY);
  await app.register(async (scope: App) => {
    takeForms(scope);
    // Pages by default; files say otherwise.
    scope.addHook('onRequest', async (_request, reply) => {
      reply.type('text/html; charset=utf-8');
    });
    scope.addHook('onRequest', async (request) => refuseOtherWays(request));
    scope.addHook('onRequest', requireSession(ra, cookies.session));
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    signInRoutes(scope, ra, cookies.session, limit);
    passkeyRoutes(scope, ra, cookies, passkeyLimit);
    oidcRoutes(scope, ra, cookies, passkeyLimit);
    certificateSignInRoutes(scope, ra, cookies.session, limit);
    for (const route of PAGES) route(scope, ra);
    await newImportRoutes(scope, ra);
  });
}

const PAGES = [
  homeRoute,
  searchRoute,
  ordersRoute,
  orderRoutes,
  orderPartyRoutes,
  bundlesRoutes,
  batchesRoutes,
  batchRoutes,
  certificatesRoute,
  certificateRoutes,
  agenciesRoutes,
  newApplicationRoutes,
  newSiteReportRoutes,
  revokeCertificateRoutes,
  agencyRoutes,
  auditRoute,
  auditVerificationRoutes,
  sessionRoutes,
  reviewsRoute,
  operatorsRoute,
  profileRoutes,
  statementRoutes,
  hrFeedsRoute,
  newHrFeedRoutes,
  hrFeedRoutes,
  peopleRoutes,
  newPersonRoutes,
  personRoutes,
  orderForPersonRoutes,
  personAccountRoutes,
  personIdentityRoutes,
  declareRoutes,
  leaversRoutes,
  importRoutes,
  mailsRoutes,
  recordsRoutes,
  requestRecoveryRoutes,
  recoveriesRoutes,
  figuresRoutes,
  cataloguePages,
] as const;
