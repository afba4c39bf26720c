export { assetRoutes } from './assets/asset-routes.ts';
export { type AssetSet, loadAssets } from './assets/load-assets.ts';
export {
  certificateInWords,
  subjectText,
  type WordedCertificate,
  type WordedExtension,
} from './certificate-in-words.ts';
export { apiText } from './components/api-text.ts';
export { english } from './components/english.ts';
export type { FieldError } from './components/error-summary.ts';
export { languageRoute } from './language-route.ts';
export type { ConsolePlace, ConsoleReader } from './layout/console-page.ts';
export { type OrderNames, orderInWords, type WordedFact, type WordedSection } from './order-in-words.ts';
export { cataloguePage } from './pages/catalogue/catalogue-page.ts';
export { newServicePage } from './pages/catalogue/new-service-page.ts';
export { servicePage } from './pages/catalogue/service-page.ts';
export { accountReturnPage } from './pages/console/account-return-page.ts';
export { type AgenciesDone, agenciesPage } from './pages/console/agencies-page.ts';
export type { AgencyStage } from './pages/console/agency-life.ts';
export { type AgencyDone, agencyPage } from './pages/console/agency-page.ts';
export { auditPage } from './pages/console/audit-page.ts';
export {
  auditVerificationPage,
  type VerificationFacts,
  verificationProgress,
} from './pages/console/audit-verification-page.ts';
export { type BatchFacts, batchPage } from './pages/console/batch-page.ts';
export { batchesPage } from './pages/console/batches-page.ts';
export { type CertificateChange, type CertificateFacts, certificatePage } from './pages/console/certificate-page.ts';
export { type CertificateOffer, certificateSignInPage } from './pages/console/certificate-sign-in-page.ts';
export { certificatesPage } from './pages/console/certificates-page.ts';
export { chooseRolePage } from './pages/console/choose-role-page.ts';
export { type DeclareFacts, declarePage } from './pages/console/declare-page.ts';
export { homePage } from './pages/console/home-page.ts';
export { type HrFeedFacts, hrFeedPage } from './pages/console/hr-feed-page.ts';
export { hrFeedsPage } from './pages/console/hr-feeds-page.ts';
export { type ImportDone, importPage } from './pages/console/import-page.ts';
export { importPreviewPage } from './pages/console/import-preview-page.ts';
export { importsPage } from './pages/console/imports-page.ts';
export { type LeaversFacts, leaversPage } from './pages/console/leavers-page.ts';
export type { EventAction, LifeEventName } from './pages/console/life-events.ts';
export { mailsPage } from './pages/console/mails-page.ts';
export { newApplicationPage } from './pages/console/new-application-page.ts';
export { hrFeedTokenPage, newHrFeedPage } from './pages/console/new-hr-feed-page.ts';
export { type ImportChoices, newImportPage } from './pages/console/new-import-page.ts';
export { type NewPersonFacts, newPersonPage } from './pages/console/new-person-page.ts';
export { newSiteReportPage } from './pages/console/new-site-report-page.ts';
export { operatorsPage } from './pages/console/operators-page.ts';
export { orderForPersonPage, type PersonOrderFacts } from './pages/console/order-for-person-page.ts';
export { type OrderFacts, orderPage } from './pages/console/order-page.ts';
export { ordersPage } from './pages/console/orders-page.ts';
export { passkeyLinkPage } from './pages/console/passkey-link-page.ts';
export { passkeyPage } from './pages/console/passkey-page.ts';
export { peoplePage, type RegistryPlace } from './pages/console/people-page.ts';
export type { AccountFacts } from './pages/console/person-accounts.ts';
export { type PersonDone, type PersonFacts, personPage } from './pages/console/person-page.ts';
export { profilePage, profilesPage } from './pages/console/profile-page.ts';
export { type RecordsDone, recordsPage } from './pages/console/records-page.ts';
export { type RecoveryDone, recoveriesPage, recoveryPage } from './pages/console/recoveries-page.ts';
export { REJECTION_REASONS } from './pages/console/rejection.ts';
export {
  findKeptKeyPage,
  type RequestRecoveryFacts,
  requestRecoveryPage,
} from './pages/console/request-recovery-page.ts';
export { reviewsPage } from './pages/console/reviews-page.ts';
export {
  chooseRevocationPage,
  confirmRevocationPage,
  type RevokedFacts,
} from './pages/console/revoke-certificate-page.ts';
export { roleAt, roleName } from './pages/console/role-names.ts';
export { searchPage } from './pages/console/search-page.ts';
export { sessionsPage } from './pages/console/sessions-page.ts';
export { signInPage } from './pages/console/sign-in-page.ts';
export { type StatementFacts, statementPage, statementsPage } from './pages/console/statement-page.ts';
export { approveBatchPage } from './pages/desk/approve-batch-page.ts';
export { approvePage } from './pages/desk/approve-page.ts';
export { registerPage } from './pages/desk/register-page.ts';
export { deskStartPage } from './pages/desk/start-page.ts';
export { figuresPage } from './pages/figures/figures-page.ts';
export { reportDocument, reportPage } from './pages/figures/report-page.ts';
export { type CsrReadOut, csrCheckPage } from './pages/portal/csr-check-page.ts';
export { donePage, type FinishedCertificate } from './pages/portal/done-page.ts';
export { enrolPage } from './pages/portal/enrol/enrol-page.ts';
export { type GatewayCertificateFacts, gatewayCertificatePage } from './pages/portal/gateway-certificate-page.ts';
export { gatewayOrderPage } from './pages/portal/gateway-order-page.ts';
export { gatewaySetupPage } from './pages/portal/gateway-setup-page.ts';
export { GATEWAY_PRODUCTS, SETUP_FOLDER, type SetupStep } from './pages/portal/gateway-setups.ts';
export { gatewaysPage } from './pages/portal/gateways-page.ts';
export { INSTALL_DEVICES, type InstallDevice } from './pages/portal/install/install-guides.ts';
export { type InstallOnward, installIndexPage, installPage } from './pages/portal/install/install-page.ts';
export { lostErrors, lostPage } from './pages/portal/lost-page.ts';
export { mailboxConfirmedPage, mailboxPage } from './pages/portal/mailbox-page.ts';
export {
  myCertificatePage,
  type OwnCertificateFacts,
  type OwnEvent,
  revokeErrors,
} from './pages/portal/my/my-certificate-page.ts';
export { myDoorPage } from './pages/portal/my/my-door-page.ts';
export { myPage, type OwnCertificate, type OwnPageFacts } from './pages/portal/my/my-page.ts';
export { myRecordPage, type OwnRecord } from './pages/portal/my/my-record-page.ts';
export { recoverPage } from './pages/portal/recover-page.ts';
export { referencePage, unreadableReference } from './pages/portal/reference-page.ts';
export { reissuedPage, reissuePage } from './pages/portal/reissue-page.ts';
export { renewPage } from './pages/portal/renew/renew-page.ts';
export { revokePage } from './pages/portal/revoke-page.ts';
export { startPage } from './pages/portal/start-page.ts';
export { greetingPage, testPage } from './pages/portal/test-page.ts';
export { problemPage } from './pages/problem-page.ts';
export type { Site } from './site.ts';
export { verbatim } from './verbatim.ts';
export { speechIn, type View, viewOf } from './view.ts';
