export * from './authority/accept-statement.ts';
export { isWithin } from './authority/agency-change.ts';
export * from './authority/authority.ts';
export type { CertificateType } from './authority/certificate-type.ts';
export { CHAIN_KINDS } from './authority/change.ts';
export * from './authority/former-operators.ts';
export * from './authority/genesis.ts';
export { profileDigest } from './authority/profile-change.ts';
export { readPublicJwk } from './authority/public-jwk.ts';
export {
  activeRecoveryAgents,
  RECOVERY_THRESHOLD,
  type RecoveryAgent,
  type RecoveryAgents,
} from './authority/recovery-agents.ts';
export {
  DEFAULT_RISK_POLICY,
  EVALUATION_RISK_POLICY,
  type RiskPolicy,
  type WorkingHours,
} from './authority/risk-policy.ts';
export {
  type CrlPlan,
  crlPlanOf,
  DEFAULT_STATUS_PLAN,
  RESPONDER_KEYS,
  type StatusPlan,
} from './authority/status-plan.ts';
export * from './batch-content.ts';
export * from './batch-signature.ts';
export * from './certificate-status.ts';
export * from './credential-signature.ts';
export * from './crockford.ts';
export * from './enrolment-code.ts';
export * from './escrow-tag.ts';
export * from './fields.ts';
export * from './life-event.ts';
export * from './machine/agency-machine.ts';
export * from './machine/certificate-machine.ts';
export * from './machine/mail-machine.ts';
export * from './machine/order-machine.ts';
export * from './machine/recovery-machine.ts';
export * from './machine/state-machine.ts';
export * from './order-approval.ts';
export * from './order-content.ts';
export * from './order-risk.ts';
export * from './person-id.ts';
export * from './recovery-approval.ts';
export * from './recovery-content.ts';
export * from './refusal.ts';
export * from './revocation-reason.ts';
export * from './revocation-statement.ts';
export * from './roles.ts';
