// Made by `node scripts/src/generate-schema.ts` from the migrated schema. Never edited by hand: the check fails on any difference.
import type { ColumnType } from 'kysely';

/** May be left out of an INSERT. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

/** Made by the database alone. */
export type GeneratedAlways<T> = T extends ColumnType<infer S, unknown, unknown> ? ColumnType<S, never, never> : ColumnType<T, never, never>;

/** Read as a number (a RangeError beyond 2^53-1), written as number or bigint. */
export type Int8 = ColumnType<number, number | bigint, number | bigint>;

/** Read as the parsed value, written as JSON text, because the driver would turn an array into an array of the database. */
export type Json = ColumnType<unknown, string, string>;

export interface AccessReviews {
  id: GeneratedAlways<Int8>;
  person_id: string;
  role: 'administrator' | 'operator' | 'ca-operations' | 'auditor';
  reviewed_by: string;
  note: string;
  reviewed_at: Date;
}

export interface Agencies {
  id: string;
  name: string;
  status: 'scoped' | 'active' | 'suspended' | 'removed';
  organization_names: string[];
  domains: string[];
  scope: Json;
  scope_digest: Uint8Array;
  last_verified_at: Date;
  next_review_at: Date;
  updated_at: Date;
}

export interface AgencyApplications {
  id: string;
  agency_id: string;
  name: string;
  organization_identifier: string;
  letter: Json;
  state: Generated<'proposed' | 'verified' | 'declined'>;
  register: Json | null;
  reason: string | null;
  proposed_by: string;
  decided_by: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface Approvals {
  order_id: string;
  order_digest: Uint8Array;
  credential_id: string;
  person_id: string;
  signature: Json;
  created_at: Generated<Date>;
}

export interface AuditEvents {
  id: GeneratedAlways<Int8>;
  at: Generated<Date>;
  login: Generated<string>;
  kind: string;
  outcome: 'success' | 'failure';
  actor: Json;
  object_type: string;
  object_id: string;
  detail: Generated<Json>;
}

export interface AuditKinds {
  login: string;
  prefix: string;
}

export interface AuditVerifications {
  id: string;
  started_by: string;
  started_at: Date;
  entries: Int8;
  verified: Generated<Int8>;
  seen_at: Date;
  finished_at: Date | null;
  report: Json | null;
}

export interface AuthorityChain {
  seq: Int8;
  statement_digest: Uint8Array;
  accepted_at: Date;
}

export interface BatchOrders {
  batch_id: string;
  leaf: number;
  order_id: string;
}

export interface Batches {
  id: string;
  agency_id: string;
  import_id: string | null;
  content: Uint8Array;
  digest: Uint8Array;
  count: number;
  created_by: string;
  created_at: Generated<Date>;
}

export interface BlockedKeys {
  spki_sha256: Uint8Array;
  reason: string;
  created_by: Generated<string>;
  created_at: Generated<Date>;
}

export interface CaReissues {
  id: GeneratedAlways<Int8>;
  ca: string;
  certificate: Uint8Array;
  not_after: Date;
  created_at: Generated<Date>;
}

export interface Cas {
  id: 'root' | 'gateway' | 'individual' | 'tls' | 'operations';
  subject_der: Uint8Array;
  ski: Uint8Array;
  certificate: Uint8Array;
  not_after: Date;
  created_at: Generated<Date>;
}

export interface CertificateBytes {
  certificate_id: Int8;
  der: Uint8Array;
  key_algorithm: GeneratedAlways<string | null>;
}

export interface CertificateConfirmations {
  certificate_id: Int8;
  method: 'signature' | 'statement';
  confirmed_by: string;
  signed_by: Int8 | null;
  request: Uint8Array | null;
  confirmed_at: Generated<Date>;
}

export interface Certificates {
  id: Int8;
  ca: string;
  serial: Uint8Array;
  order_id: string | null;
  agency_id: string | null;
  person_id: string | null;
  profile_id: string;
  subject: string;
  names: string[];
  not_before: Date;
  not_after: Date;
  spki_sha256: Uint8Array;
  sha256: Uint8Array;
  issued_at: Date;
}

export interface CheckpointProposals {
  tree_size: Int8;
  root_hash: Uint8Array;
  previous_size: Int8;
  proof: Uint8Array[];
  created_at: Generated<Date>;
}

export interface Checkpoints {
  tree_size: Int8;
  root_hash: Uint8Array;
  note: string;
  signed_at: Date;
}

export interface Credentials {
  credential_id: string;
  person_id: string;
  public_key: Json;
  statement_digest: Uint8Array;
  removed_at: Date | null;
}

export interface Crls {
  ca: string;
  number: Int8;
  der: Uint8Array;
  entries: number;
  this_update: Date;
  next_update: Date;
  created_at: Generated<Date>;
  scope: Generated<string>;
}

export interface CurrentCas {
  id: GeneratedAlways<string | null>;
  subject_der: GeneratedAlways<Uint8Array | null>;
  ski: GeneratedAlways<Uint8Array | null>;
  certificate: GeneratedAlways<Uint8Array | null>;
  not_after: GeneratedAlways<Date | null>;
}

export interface Deliveries {
  id: GeneratedAlways<Int8>;
  order_id: string;
  kind: 'link' | 'code' | 'issued';
  recipient: string;
  sent_at: Generated<Date>;
}

export interface DirectoryRules {
  certificate_id: GeneratedAlways<Int8>;
  issued_at: GeneratedAlways<Date>;
  waits: GeneratedAlways<boolean>;
  replaces: GeneratedAlways<number[]>;
}

export interface DisposalApprovals {
  disposal_id: string;
  person_id: string;
  approved_at: Generated<Date>;
}

export interface DisposalRegister {
  disposal_id: string;
  records: Int8;
  sha256: Uint8Array;
  carried_out_at: Generated<Date>;
}

export interface Disposals {
  id: string;
  kind: 'import-rows' | 'mails';
  cut_off: Date;
  authority_ref: string;
  proposed_by: string;
  proposed_at: Generated<Date>;
}

export interface DomainChallenges {
  id: string;
  agency_id: string;
  domain: string;
  value: string;
  asked_by: string;
  asked_at: Generated<Date>;
  expires_at: Generated<Date>;
}

export interface DomainEvidence {
  id: GeneratedAlways<Int8>;
  agency_id: string;
  domain: string;
  method: 'dns-record' | 'officer-decision';
  challenge_id: string | null;
  reason: string | null;
  recorded_by: string;
  recorded_at: Generated<Date>;
}

export interface EnrolmentSecrets {
  order_id: string;
  commitment: Uint8Array;
  sealed_key: Uint8Array;
  key_id: string;
  signature: string;
  created_at: Generated<Date>;
}

export interface EscrowedKeys {
  attempt_id: Int8;
  item: number;
  order_id: string;
  spki_sha256: Uint8Array;
  agents_digest: Uint8Array;
  envelopes: Uint8Array[];
  tag: Uint8Array;
  created_at: Generated<Date>;
}

export interface EvidenceItems {
  id: GeneratedAlways<Int8>;
  person_id: string;
  agency_id: string | null;
  kind: string;
  issuer: string | null;
  method: 'in-person' | 'remote' | 'known-to-agency';
  sighted_on: string;
  sighted_by: string;
  expires_on: string | null;
  note: string | null;
  order_id: string | null;
  recorded_by: string;
  recorded_at: Generated<Date>;
}

export interface EvidenceWithdrawals {
  item_id: Int8;
  reason: string;
  withdrawn_by: string;
  withdrawn_at: Generated<Date>;
}

export interface ExpiryNotices {
  certificate_id: Int8;
  days: number;
  recipient: string;
  sent_at: Generated<Date>;
}

export interface FlaggedAddresses {
  address: GeneratedAlways<string>;
  kind: GeneratedAlways<string>;
  since: GeneratedAlways<Date>;
}

export interface Heartbeats {
  process: string;
  pid: number;
  since: Date;
  seen_at: Date;
  detail: Generated<Json>;
}

export interface HrFeeds {
  id: string;
  agency_id: string;
  name: string;
  kind: 'webhook' | 'scim';
  key_id: string | null;
  public_key: Json | null;
  token_sha256: Uint8Array | null;
  daily_cap: number;
  created_by: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  revoked_by: string | null;
}

export interface HrReportEnds {
  report_id: Int8;
  outcome: 'confirmed' | 'dismissed';
  life_event_id: Int8 | null;
  reason: string | null;
  ended_by: string;
  ended_at: Generated<Date>;
}

export interface HrReports {
  id: GeneratedAlways<Int8>;
  feed_id: string;
  event_id: string | null;
  body_sha256: Uint8Array | null;
  agency_id: string;
  person_id: string;
  kind: 'leaver' | 'mover' | 'name-change';
  effective_at: Date | null;
  detail: Generated<Json>;
  waits_for: 'evidence' | 'daily-cap' | 'revocation-cap' | null;
  life_event_id: Int8 | null;
  received_at: Date;
}

export interface ImportRows {
  import_id: string;
  row: number;
  external_id: string | null;
  given_name: string | null;
  surname: string | null;
  display_name: string | null;
  email: string | null;
  state: 'waiting' | 'done' | 'skipped' | 'failed';
  code: string | null;
  reason: string | null;
  person_id: string | null;
  order_id: string | null;
}

export interface Imports {
  id: string;
  agency_id: string;
  digest: Uint8Array;
  state: 'running' | 'paused' | 'done';
  same_name: 'skip' | 'create';
  leave_out: boolean;
  actor: Json;
  created_by: string;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  orders: Json | null;
}

export interface Intents {
  id: GeneratedAlways<Int8>;
  ca: string;
  serial: Uint8Array;
  order_digest: Uint8Array | null;
  item: number | null;
  ocsp_request_id: Int8 | null;
  profile_id: string;
  profile_digest: Uint8Array;
  spki_sha256: Uint8Array;
  subject_key: string;
  tbs: Uint8Array;
  created_at: Date;
}

export interface Leases {
  name: string;
  holder: string;
  since: Date;
  expires_at: Date;
}

export interface LegalHoldEnds {
  hold_id: string;
  reason: string;
  lifted_by: string;
  lifted_at: Generated<Date>;
}

export interface LegalHolds {
  id: string;
  kind: 'import-rows' | 'mails' | null;
  reason: string;
  placed_by: string;
  placed_at: Generated<Date>;
}

export interface LetterKinds {
  template: string;
  asked_by: string;
}

export interface LetterLinks {
  order_id: string;
  mail_id: string;
}

export interface LifeEventEnds {
  event_id: Int8;
  outcome: 'carried-out' | 'called-off';
  actions: Generated<Json>;
  reason: string | null;
  ended_by: string;
  ended_at: Generated<Date>;
}

export interface LifeEvents {
  id: GeneratedAlways<Int8>;
  person_id: string;
  agency_id: string | null;
  kind: 'leaver' | 'death' | 'mover' | 'name-change' | 'lost-token' | 'lost-key';
  effective_at: Date;
  happened_at: Date | null;
  detail: Generated<Json>;
  note: string | null;
  declared_by: string;
  declared_at: Generated<Date>;
}

export interface Limits {
  only_row: Generated<boolean>;
  revocations_per_hour: Generated<number>;
}

export interface LogEntries {
  seq: Int8;
  event_id: Int8;
  leaf_hash: Uint8Array;
}

export interface LostFiles {
  order_id: string;
  check_id: string;
  certificate_ids: number[];
  asked_at: Generated<Date>;
}

export interface MailBounces {
  id: GeneratedAlways<Int8>;
  address: string;
  kind: 'refused' | 'reported';
  mail_id: string | null;
  note: string | null;
  reported_by: string;
  at: Generated<Date>;
}

export interface MailboxChecks {
  id: string;
  person_id: string;
  address: string;
  asked_by: string;
  asked_at: Generated<Date>;
  expires_at: Generated<Date>;
  purpose: Generated<'mailbox' | 'reissue'>;
}

export interface MailboxLinks {
  check_id: string;
  token_sha256: Uint8Array;
  created_at: Generated<Date>;
}

export interface MailboxProofs {
  check_id: string;
  token: Uint8Array | null;
  person_id: string;
  address: string;
  proved_at: Date;
}

export interface Mails {
  id: Generated<string>;
  template: 'code' | 'digest' | 'expiry' | 'link' | 'links' | 'mailbox-check' | 'recovery' | 'reissue';
  recipient: string;
  agency_id: string | null;
  order_id: string | null;
  detail: Generated<Json>;
  state: Generated<'waiting' | 'sent' | 'failed' | 'dropped'>;
  attempts: Generated<number>;
  code: string | null;
  reason: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface OcspKeyRefusals {
  request_id: Int8;
  code: string;
  detail: string;
  refused_at: Date;
}

export interface OcspKeyRequests {
  id: GeneratedAlways<Int8>;
  ca: string;
  csr: Uint8Array;
  spki_sha256: Uint8Array;
  key_id: string;
  signature: string;
  created_at: Generated<Date>;
}

export interface OidcCeremonies {
  cookie_sha256: Uint8Array;
  state: string;
  nonce: string;
  code_verifier: string;
  redirect_uri: string;
  next: string;
  expires_at: Date;
}

export interface OperatorDigests {
  day: string;
  recipient: string;
  asked_at: Generated<Date>;
}

export interface OrderKeys {
  order_id: string;
  item: number;
  csr: Uint8Array;
  spki_sha256: Uint8Array;
  created_at: Generated<Date>;
}

export interface OrderRefusals {
  order_id: string;
  order_digest: Uint8Array;
  code: string;
  detail: string;
  refused_at: Date;
}

export interface OrderTransitions {
  before: string;
  after: string;
  login: string;
}

export interface OrderVerdicts {
  order_digest: Uint8Array;
  order_id: string;
  approved_at: Date;
  mac: Uint8Array;
}

export interface Orders {
  id: string;
  kind: 'csr' | 'person';
  state: 'preparing' | 'pending' | 'approved' | 'redeemable' | 'issuing' | 'issued' | 'rejected' | 'refused' | 'withdrawn' | 'lapsed' | 'locked';
  agency_id: string;
  profiles: string[];
  subject: string;
  names: string[];
  applicant_id: string;
  sponsor_id: string;
  agent_id: string | null;
  quorum: number;
  draft: Json;
  content: Uint8Array | null;
  digest: Uint8Array | null;
  warnings: Generated<Json>;
  state_reason: string | null;
  deliver_to: string | null;
  created_by: string;
  created_at: Generated<Date>;
  approve_before: Date;
  use_before: Date;
  updated_at: Generated<Date>;
  risk: Json | null;
}

export interface People {
  id: string;
  agency_id: string | null;
  given_name: string | null;
  surname: string;
  display_name: string;
  email: string | null;
  last_verified_at: Date;
  next_review_at: Date;
  created_at: Generated<Date>;
  left_at: Date | null;
  external_id: string | null;
  verified_by: string | null;
}

export interface Profiles {
  id: string;
  version: number;
  digest: Uint8Array;
  content: Json;
  active: boolean;
}

export interface Recoveries {
  id: string;
  state: 'requested' | 'approved-1' | 'approved-2' | 'released' | 'closed' | 'refused' | 'expired';
  state_reason: string | null;
  content: Uint8Array;
  digest: Uint8Array;
  certificate_id: Int8;
  attempt_id: Int8;
  item: number;
  subject_id: string;
  requester_id: string;
  recipient_id: string | null;
  agency_id: string;
  notice_suppressed: boolean;
  created_at: Generated<Date>;
  expires_at: Date;
  released_at: Date | null;
  updated_at: Generated<Date>;
}

export interface RecoveryAgents {
  statement_digest: Uint8Array;
  position: number;
  person_id: string;
  label: string;
  agency_id: string;
  public_key: Uint8Array;
}

export interface RecoveryApprovals {
  recovery_id: string;
  recovery_digest: Uint8Array;
  credential_id: string;
  person_id: string;
  signature: Json;
  created_at: Generated<Date>;
}

export interface RecoveryNotices {
  recovery_id: string;
  recipient: string;
  sent_at: Generated<Date>;
}

export interface RecoveryOpenings {
  recovery_id: string;
  person_id: string;
  envelope: Uint8Array;
  created_at: Generated<Date>;
}

export interface RecoveryTransitions {
  before: string;
  after: string;
  login: string;
}

export interface RedemptionAttempts {
  id: GeneratedAlways<Int8>;
  order_id: string;
  kind: 'check' | 'redeem';
  proof: Uint8Array | null;
  csrs: Uint8Array[] | null;
  tags: Uint8Array[] | null;
  created_at: Generated<Date>;
}

export interface RedemptionResults {
  attempt_id: Int8;
  order_id: string;
  outcome: 'right' | 'wrong' | 'locked' | 'not-redeemable';
  tries_left: number;
  created_at: Date;
}

export interface RenewalAgreements {
  order_id: string;
  sponsor_id: string;
  recorded_by: string;
  note: string | null;
  agreed_at: Generated<Date>;
}

export interface RenewalRequests {
  order_id: string;
  certificate_id: Int8;
  signed_by: Int8;
  request: Uint8Array;
  signed_at: Date;
  created_at: Generated<Date>;
}

export interface Revocations {
  id: GeneratedAlways<Int8>;
  certificate_id: Int8;
  ca: string;
  serial: Uint8Array;
  kind: 'hold' | 'release' | 'revoke';
  reason: number;
  invalidity_date: Date | null;
  statement_digest: Uint8Array | null;
  requested_by: string;
  revoked_at: Generated<Date>;
  created_by: Generated<string>;
}

export interface RoleGrants {
  person_id: string;
  role: 'administrator' | 'operator' | 'sponsor' | 'registration-agent' | 'ca-operations' | 'auditor';
  statement_digest: Uint8Array;
  removed_at: Date | null;
}

export interface SchemaMigrations {
  name: string;
  sha256: string;
  applied_at: Generated<Date>;
  applied_by: Generated<string>;
}

export interface ServiceFindingEnds {
  finding_id: Int8;
  note: string;
  closed_by: string;
  closed_at: Generated<Date>;
}

export interface ServiceFindings {
  id: GeneratedAlways<Int8>;
  service_id: string;
  text: string;
  owner: string;
  due_on: string;
  recorded_by: string;
  recorded_at: Generated<Date>;
}

export interface ServiceKeys {
  key_id: string;
  service: 'va' | 'worker' | 'box' | 'log';
  public_key: Json;
  statement_digest: Uint8Array;
  removed_at: Date | null;
}

export interface ServiceReviews {
  id: GeneratedAlways<Int8>;
  service_id: string;
  reviewed_on: string;
  note: string;
  reviewed_by: string;
  recorded_at: Generated<Date>;
}

export interface Services {
  id: string;
  agency_id: string;
  kind: 'service' | 'site';
  name: string;
  url: string;
  host: string;
  port: number;
  high_risk: boolean;
  created_by: string;
  created_at: Generated<Date>;
  removed_at: Date | null;
  removed_by: string | null;
}

export interface Sessions {
  id_sha256: Uint8Array;
  token_id: string | null;
  csrf: string;
  created_at: Generated<Date>;
  last_seen_at: Generated<Date>;
  ended_at: Date | null;
  id: Generated<string>;
  person_id: string;
  role: 'administrator' | 'operator' | 'sponsor' | 'registration-agent' | 'ca-operations' | 'auditor';
  agency_id: string | null;
  method: Generated<'token' | 'passkey' | 'certificate' | 'oidc'>;
  passkey_id: string | null;
  address: string | null;
  end_reason: 'signed-out' | 'ended' | 'role-ended' | 'withdrawn' | null;
  ended_by: string | null;
  certificate_id: Int8 | null;
  identity_id: string | null;
}

export interface SignInAttempts {
  id: GeneratedAlways<Int8>;
  subject: string;
  at: Date;
}

export interface SignInChallenges {
  cookie_sha256: Uint8Array;
  purpose: 'register' | 'sign-in' | 'choose';
  challenge: string | null;
  link_id: string | null;
  passkey_id: string | null;
  expires_at: Date;
  identity_id: string | null;
}

export interface SignInIdentities {
  id: string;
  issuer: string;
  subject: string;
  person_id: string;
  created_by: string;
  created_at: Date;
  last_used_at: Date | null;
  removed_at: Date | null;
  removed_by: string | null;
}

export interface SignInLinks {
  id: string;
  secret_sha256: Uint8Array;
  person_id: string;
  made_by: string;
  created_at: Date;
  expires_at: Date;
}

export interface SignInPasskeys {
  id: string;
  credential_id: string;
  person_id: string;
  link_id: string;
  public_key: Uint8Array;
  algorithm: number;
  label: string;
  synced: boolean;
  sign_count: Int8;
  created_at: Date;
  last_used_at: Date | null;
  removed_at: Date | null;
  removed_by: string | null;
}

export interface SignedOrders {
  order_digest: Uint8Array;
  order_id: string;
  claimed_at: Date;
}

export interface SiteObservations {
  service_id: string;
  seen_at: Date;
  sha256: Uint8Array | null;
  issuer: string | null;
  not_after: Date | null;
  fault: string | null;
}

export interface SiteReports {
  digest: Uint8Array;
  agency_id: string;
  content: Uint8Array;
  recorded_by: string;
  recorded_at: Generated<Date>;
}

export interface StatementRefusals {
  statement_digest: Uint8Array;
  code: string;
  detail: string;
  refused_at: Date;
}

export interface StatementSignatures {
  statement_digest: Uint8Array;
  credential_id: string;
  signature: Json;
  created_at: Generated<Date>;
}

export interface Statements {
  digest: Uint8Array;
  kind: string;
  seq: Int8 | null;
  bytes: Uint8Array;
  created_at: Generated<Date>;
  created_by: Generated<string>;
}

export interface SupersededCertificates {
  certificate_id: GeneratedAlways<Int8>;
  successor_id: GeneratedAlways<Int8>;
  since: GeneratedAlways<Date>;
  overlap_ends_at: GeneratedAlways<Date>;
}

export interface Tokens {
  id: string;
  secret_sha256: Uint8Array;
  name: string;
  role: 'administrator' | 'operator' | 'sponsor' | 'registration-agent' | 'ca-operations' | 'auditor';
  agency_id: string | null;
  person_id: string;
  created_at: Generated<Date>;
  expires_at: Date;
  revoked_at: Date | null;
}

export interface DB {
  access_reviews: AccessReviews;
  agencies: Agencies;
  agency_applications: AgencyApplications;
  approvals: Approvals;
  audit_events: AuditEvents;
  audit_kinds: AuditKinds;
  audit_verifications: AuditVerifications;
  authority_chain: AuthorityChain;
  batch_orders: BatchOrders;
  batches: Batches;
  blocked_keys: BlockedKeys;
  ca_reissues: CaReissues;
  cas: Cas;
  certificate_bytes: CertificateBytes;
  certificate_confirmations: CertificateConfirmations;
  certificates: Certificates;
  checkpoint_proposals: CheckpointProposals;
  checkpoints: Checkpoints;
  credentials: Credentials;
  crls: Crls;
  current_cas: CurrentCas;
  deliveries: Deliveries;
  directory_rules: DirectoryRules;
  disposal_approvals: DisposalApprovals;
  disposal_register: DisposalRegister;
  disposals: Disposals;
  domain_challenges: DomainChallenges;
  domain_evidence: DomainEvidence;
  enrolment_secrets: EnrolmentSecrets;
  escrowed_keys: EscrowedKeys;
  evidence_items: EvidenceItems;
  evidence_withdrawals: EvidenceWithdrawals;
  expiry_notices: ExpiryNotices;
  flagged_addresses: FlaggedAddresses;
  heartbeats: Heartbeats;
  hr_feeds: HrFeeds;
  hr_report_ends: HrReportEnds;
  hr_reports: HrReports;
  import_rows: ImportRows;
  imports: Imports;
  intents: Intents;
  leases: Leases;
  legal_hold_ends: LegalHoldEnds;
  legal_holds: LegalHolds;
  letter_kinds: LetterKinds;
  letter_links: LetterLinks;
  life_event_ends: LifeEventEnds;
  life_events: LifeEvents;
  limits: Limits;
  log_entries: LogEntries;
  lost_files: LostFiles;
  mail_bounces: MailBounces;
  mailbox_checks: MailboxChecks;
  mailbox_links: MailboxLinks;
  mailbox_proofs: MailboxProofs;
  mails: Mails;
  ocsp_key_refusals: OcspKeyRefusals;
  ocsp_key_requests: OcspKeyRequests;
  oidc_ceremonies: OidcCeremonies;
  operator_digests: OperatorDigests;
  order_keys: OrderKeys;
  order_refusals: OrderRefusals;
  order_transitions: OrderTransitions;
  order_verdicts: OrderVerdicts;
  orders: Orders;
  people: People;
  profiles: Profiles;
  recoveries: Recoveries;
  recovery_agents: RecoveryAgents;
  recovery_approvals: RecoveryApprovals;
  recovery_notices: RecoveryNotices;
  recovery_openings: RecoveryOpenings;
  recovery_transitions: RecoveryTransitions;
  redemption_attempts: RedemptionAttempts;
  redemption_results: RedemptionResults;
  renewal_agreements: RenewalAgreements;
  renewal_requests: RenewalRequests;
  revocations: Revocations;
  role_grants: RoleGrants;
  schema_migrations: SchemaMigrations;
  service_finding_ends: ServiceFindingEnds;
  service_findings: ServiceFindings;
  service_keys: ServiceKeys;
  service_reviews: ServiceReviews;
  services: Services;
  sessions: Sessions;
  sign_in_attempts: SignInAttempts;
  sign_in_challenges: SignInChallenges;
  sign_in_identities: SignInIdentities;
  sign_in_links: SignInLinks;
  sign_in_passkeys: SignInPasskeys;
  signed_orders: SignedOrders;
  site_observations: SiteObservations;
  site_reports: SiteReports;
  statement_refusals: StatementRefusals;
  statement_signatures: StatementSignatures;
  statements: Statements;
  superseded_certificates: SupersededCertificates;
  tokens: Tokens;
}
