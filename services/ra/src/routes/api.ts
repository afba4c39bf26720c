import { type App, apiDescription, authenticateRoutes, createLimit, describeApi } from '@see/http';
import { authenticate } from '../authenticate.ts';
import type { Ra } from '../ra.ts';
import { listAccessReviews } from './access-reviews/list.ts';
import { recordAccessReview } from './access-reviews/record.ts';
import { agencyAbolitionRoutes } from './agencies/abolish.ts';
import { agencyApplicationRoutes } from './agencies/applications.ts';
import { agencyDomainRoutes } from './agencies/domains.ts';
import { listAgencies } from './agencies/list.ts';
import { proposeAgency } from './agencies/propose.ts';
import { agencyReissueRoutes } from './agencies/reissue.ts';
import { showAgency } from './agencies/show.ts';
import { siteReportRoutes } from './agencies/site-reports.ts';
import { listAudit } from './audit/list.ts';
import { approveBatch } from './batches/approve.ts';
import { showBatchContent } from './batches/content.ts';
import { createBatch } from './batches/create.ts';
import { listBatches } from './batches/list.ts';
import { listBatchOrders } from './batches/orders.ts';
import { showBatch } from './batches/show.ts';
import { listCas } from './cas/list.ts';
import { downloadCertificate } from './certificates/download.ts';
import { listCertificates } from './certificates/list.ts';
import { showCertificate } from './certificates/show.ts';
import { showClientCertificate } from './client-certificate/show.ts';
import { inspectCsrRoute } from './csr-inspections/create.ts';
import { addEvidence } from './evidence/add.ts';
import { listPersonEvidence } from './evidence/list.ts';
import { withdrawEvidenceRoute } from './evidence/withdraw.ts';

import { bundleRoutes } from './exports/bundles.ts';

import { createHrFeed } from './hr-feeds/create.ts';
import { listHrFeeds } from './hr-feeds/list.ts';
import { revokeHrFeed } from './hr-feeds/revoke.ts';
import { hrEventRoute } from './hr-feeds/take-event.ts';
import { decideHrReportRoutes } from './hr-reports/decide.ts';
import { listHrReports } from './hr-reports/list.ts';

import { createImport } from './imports/create.ts';
import { streamImport } from './imports/events.ts';
import { listImports } from './imports/list.ts';
import { previewImport } from './imports/preview.ts';
import { downloadImportResult } from './imports/result.ts';
import { showImport } from './imports/show.ts';
import { steerImportRoutes } from './imports/steer.ts';
import { callOffLifeEvent } from './life-events/call-off.ts';
import { declareLifeEventRoute } from './life-events/declare.ts';
import { declareLeaversRoute } from './life-events/leavers.ts';
import { listLifeEvents } from './life-events/list.ts';
import { reportBounceRoute } from './mails/bounce.ts';
import { listMails } from './mails/list.ts';
import { retryMailRoute } from './mails/retry.ts';
import { showMail } from './mails/show.ts';
import { mailTemplateRoutes } from './mails/templates.ts';
import { agreeToOrder } from './orders/agree.ts';
import { approveOrder } from './orders/approve.ts';
import { showOrderContent } from './orders/content.ts';
import { createOrder } from './orders/create.ts';
import { endOrderRoutes } from './orders/end.ts';
import { listOrders } from './orders/list.ts';
import { showOrder } from './orders/show.ts';
import { checkMailbox } from './people/check-mailbox.ts';
import { createPerson } from './people/create.ts';
import { listPeople } from './people/list.ts';
import { setPersonNumber } from './people/number.ts';
import { reviewPersonRoute } from './people/review.ts';

import { showPerson } from './people/show.ts';
import { listProfiles } from './profiles/list.ts';
import { showProfile } from './profiles/show.ts';
import { disposalRoutes } from './records/disposals.ts';
import { listRecordsRoute } from './records/list.ts';
import { approveRecovery } from './recoveries/approve.ts';
import { showRecoveryContent } from './recoveries/content.ts';
import { endRecoveryRoutes } from './recoveries/end.ts';
import { listRecoveries } from './recoveries/list.ts';
import { openRecoveryRoutes } from './recoveries/open.ts';
import { requestRecovery } from './recoveries/request.ts';
import { showRecovery } from './recoveries/show.ts';
import { checkCode } from './redemptions/check.ts';
import { redeemKeys } from './redemptions/redeem.ts';
import { agencyCalendar, certificateCalendar } from './renewals/calendar.ts';
import { confirmCertificate, createConfirmation } from './renewals/confirm.ts';
import { createRenewal } from './renewals/create.ts';
import { reportRoutes } from './reports/show.ts';
import { revokeByHolder } from './revocations/by-holder.ts';
import { createRevocation } from './revocations/create.ts';
import { scimRoutes } from './scim/routes.ts';
import { showServerCertificate } from './server-certificate/show.ts';
import { changeServiceRoutes } from './services/change.ts';
import { listServiceRoutes } from './services/list.ts';
import { endSession } from './sessions/end.ts';
import { listSessions } from './sessions/list.ts';
import { createSignInAccount } from './sign-in-accounts/create.ts';
import { listSignInAccounts } from './sign-in-accounts/list.ts';
import { removeSignInAccount } from './sign-in-accounts/remove.ts';
import { listSignInLocks } from './sign-in-locks/list.ts';
import { changeSignInPasskeyRoutes } from './sign-in-passkeys/change.ts';
import { createSignInLink } from './sign-in-passkeys/link.ts';
import { listSignInPasskeys } from './sign-in-passkeys/list.ts';
import { listStatements } from './statements/list.ts';
import { proposeStatement } from './statements/propose.ts';
import { showStatement } from './statements/show.ts';
import { signStatement } from './statements/sign.ts';
import { showConfiguration } from './status/configuration.ts';
import { showInstance } from './status/instance.ts';
import { showStatus } from './status/show.ts';

const MINUTE = 60_000;

/** The REST API: everything that the console and the command line can do, under `/api/v1`. */
export async function apiRoutes(app: App, ra: Ra): Promise<void> {
  await describeApi(app, {
    title: 'SEE PKI',
    description:
      'Certificates for public servants, mail gateways and services. Errors are problem details (RFC 9457) with a stable `code`. ' +
      'Nothing is coerced, completed or dropped: unknown members are refused. Binary values are hex or base64, times ISO 8601 in UTC.',
    version: '1',
    serverUrl: ra.site.urls.portal,
    prefix: '/api/v1',
  });
  const redemptions = [
    createLimit(app, { max: 60, window: MINUTE }),
    createLimit(app, { max: 20, window: MINUTE, key: (request) => (request.params as { orderId: string }).orderId }),
  ];
  const inspections = createLimit(app, { max: 600, window: MINUTE });
  const holders = createLimit(app, { max: 30, window: MINUTE });
  const imports = createLimit(app, { max: 60, window: MINUTE, key: (request) => request.actor?.personId ?? '' });
  await app.register(async (scope: App) => {
    scope.addHook('onSend', async (_request, reply) => {
      if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', 'no-store');
    });
    authenticateRoutes(scope, authenticate(ra));
    for (const route of PROTECTED) route(scope, ra);
    previewImport(scope, ra, imports);
    createImport(scope, ra, imports);
    showInstance(scope, ra);
    showClientCertificate(scope, ra);
    inspectCsrRoute(scope, ra, inspections);
    checkCode(scope, ra, redemptions);
    redeemKeys(scope, ra, redemptions);
    revokeByHolder(scope, ra, holders);
    createRenewal(scope, ra, holders);
    createConfirmation(scope, ra, holders);
    certificateCalendar(scope, ra, holders);
  });
  const feeds = createLimit(app, { max: 600, window: MINUTE });
  await hrEventRoute(app, ra, feeds);
  await scimRoutes(app, ra, feeds);
  app.get('/api/v1/openapi.json', {
    config: { operation: 'openapi.show', public: true },
    schema: { summary: 'This description', tags: ['status'], response: { 200: {} } },
    handler: async () => apiDescription(app),
  });
}

const PROTECTED = [
  listAgencies,
  showAgency,
  proposeAgency,
  agencyAbolitionRoutes,
  agencyReissueRoutes,
  agencyApplicationRoutes,
  siteReportRoutes,
  agencyDomainRoutes,
  listPeople,
  showPerson,
  createPerson,
  reviewPersonRoute,
  checkMailbox,
  listRecordsRoute,
  bundleRoutes,
  setPersonNumber,
  disposalRoutes,
  listPersonEvidence,
  addEvidence,
  withdrawEvidenceRoute,
  declareLifeEventRoute,
  declareLeaversRoute,
  listLifeEvents,
  callOffLifeEvent,
  listHrFeeds,
  createHrFeed,
  revokeHrFeed,
  listHrReports,
  decideHrReportRoutes,
  listImports,
  showImport,
  streamImport,
  downloadImportResult,
  steerImportRoutes,
  listMails,
  showMail,
  retryMailRoute,
  reportBounceRoute,
  mailTemplateRoutes,
  listOrders,
  showOrder,
  showOrderContent,
  createOrder,
  agreeToOrder,
  approveOrder,
  endOrderRoutes,
  listBatches,
  showBatch,
  showBatchContent,
  listBatchOrders,
  createBatch,
  approveBatch,
  requestRecovery,
  listRecoveries,
  showRecovery,
  showRecoveryContent,
  approveRecovery,
  openRecoveryRoutes,
  endRecoveryRoutes,
  listStatements,
  showStatement,
  proposeStatement,
  signStatement,
  listCertificates,
  showCertificate,
  downloadCertificate,
  confirmCertificate,
  agencyCalendar,
  createRevocation,
  listProfiles,
  showProfile,
  listCas,
  listAudit,
  listSessions,
  endSession,
  listSignInLocks,
  listSignInPasskeys,
  changeSignInPasskeyRoutes,
  createSignInLink,
  listSignInAccounts,
  createSignInAccount,
  removeSignInAccount,
  listAccessReviews,
  recordAccessReview,
  showServerCertificate,
  showStatus,
  reportRoutes,
  listServiceRoutes,
  changeServiceRoutes,
  showConfiguration,
] as const;
