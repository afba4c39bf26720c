import type { PasskeyJwk, PublicJwk } from '@see/statement';
import type { MemberState } from '../machine/agency-machine.ts';
import type { PersonId } from '../person-id.ts';
import type { Role } from '../roles.ts';
import type { CertificateType } from './certificate-type.ts';
import type { RecoveryAgents } from './recovery-agents.ts';
import type { RiskPolicy } from './risk-policy.ts';
import type { StatusPlan } from './status-plan.ts';

interface RegisteredKey {
  /** Thumbprint of the public key. */
  readonly credentialId: string;
  readonly personId: PersonId;
  readonly removed: boolean;
}

/** An approval key that lies in a file and signs by JWS. */
export interface KeyFileCredential extends RegisteredKey {
  readonly publicKey: PublicJwk;
  readonly passkey: null;
}

/** An approval key in an authenticator, which signs by WebAuthn on the desk and nowhere else. */
export interface PasskeyCredential extends RegisteredKey {
  readonly publicKey: PasskeyJwk;
  /** The id by which its authenticator finds it, base64url. It identifies nobody: the public key does. */
  readonly passkey: string;
}

/** A registered approval key and the person it is bound to. */
export type Credential = KeyFileCredential | PasskeyCredential;

/** A person's appointment to ask for certificates of an agency. Times are seconds since 1970 UTC. */
export interface Delegation {
  readonly personId: PersonId;
  readonly role: 'sponsor' | 'registration-agent';
  readonly from: number;
  readonly until: number;
  /** The instrument of delegation, as text (SEE-26). */
  readonly instrument: string;
}

/** What activated an agency. */
export interface Membership {
  /** 1: its mail gateways; 2: its people too. */
  readonly phase: 1 | 2;
  /** From when the phase holds, in seconds since 1970 UTC. */
  readonly start: number;
  /** SHA-256 of the report on its site, hex; null for an agency without mail gateways. */
  readonly certification: string | null;
}

/** What an agency may be certified for, as two operators signed it. */
export interface AgencyScope {
  readonly agencyId: string;
  readonly name: string;
  readonly status: MemberState;
  /** Null until it is activated. */
  readonly membership: Membership | null;
  readonly organizationNames: readonly string[];
  readonly organizationIdentifier: string;
  readonly locality: string;
  readonly domains: readonly string[];
  readonly profiles: readonly string[];
  readonly delegations: readonly Delegation[];
  readonly lastVerifiedAt: number;
  readonly nextReviewAt: number;
  /** When each domain came into the scope and each sponsor into their duty, and stayed: seconds, by the statements' `notBefore`. */
  readonly domainsSince: ReadonlyMap<string, number>;
  readonly sponsorsSince: ReadonlyMap<PersonId, number>;
  /** Digest of the statement in force, hex. */
  readonly digest: string;
}

/** A profile's content as canonical JSON value and its digest; what it means is read by the policy package. */
export interface ActiveProfile {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly content: unknown;
  readonly active: boolean;
}

/**
 * Keys of our own processes: `va` and `worker` vouch for what they ask of the signer, `box` is what secrets for the signer are
 * encrypted to, `log` signs checkpoints.
 */
export const SERVICE_KEYS = ['va', 'worker', 'box', 'log'] as const;

/** A registered key of one of our own processes. */
export interface ServiceKey {
  readonly keyId: string;
  readonly service: (typeof SERVICE_KEYS)[number];
  readonly publicKey: PublicJwk;
  readonly removed: boolean;
}

/** Names and addresses that are sealed at init and changed by statement only. */
export interface Configuration {
  readonly preset: 'evaluation' | 'production';
  readonly vaUrl: string;
  readonly portalUrl: string;
  readonly deskUrl: string;
  readonly rpId: string;
  readonly policyArc: string;
  readonly country: string;
  /** Domain suffixes that the issuing CAs' name constraints permit. */
  readonly permittedDomains: readonly string[];
  readonly risk: RiskPolicy;
  readonly status: StatusPlan;
}

/** Signing keys of the recovery quorum (two of three). */
export interface RecoveryKey {
  readonly credentialId: string;
  readonly publicKey: PublicJwk;
}

/**
 * Everything that the authority chain says up to its head. Made only by folding statements (`genesisAuthority`,
 * `acceptStatement`); never changed in place.
 */
export interface Authority {
  readonly instance: string;
  readonly headSeq: number;
  /** Digest of the chain's last statement, hex. */
  readonly headDigest: string;
  readonly configuration: Configuration;
  readonly recoveryKeys: readonly RecoveryKey[];
  readonly credentials: ReadonlyMap<string, Credential>;
  readonly roles: ReadonlyMap<PersonId, ReadonlySet<Role>>;
  readonly agencies: ReadonlyMap<string, AgencyScope>;
  /** Every version that was ever activated, by digest. */
  readonly profiles: ReadonlyMap<string, ActiveProfile>;
  readonly types: ReadonlyMap<string, CertificateType>;
  readonly serviceKeys: ReadonlyMap<string, ServiceKey>;
  /** Every set of recovery agents that was ever activated, by digest. */
  readonly recoveryAgents: ReadonlyMap<string, RecoveryAgents>;
}

/** Whether a person holds a role now. */
export function holdsRole(authority: Authority, personId: PersonId, role: Role): boolean {
  return authority.roles.get(personId)?.has(role) ?? false;
}

/** The active version of a profile. */
export function activeProfile(authority: Authority, id: string): ActiveProfile | undefined {
  for (const profile of authority.profiles.values()) if (profile.id === id && profile.active) return profile;
  return undefined;
}

/** Whether a person's delegation for an agency holds at a time (seconds). */
export function isDelegated(scope: AgencyScope, personId: PersonId, role: Delegation['role'], at: number): boolean {
  return scope.delegations.some(
    (delegation) =>
      delegation.personId === personId && delegation.role === role && delegation.from <= at && at < delegation.until,
  );
}

/** The registered keys of a service, the removed ones left out. */
export function serviceKeysOf(authority: Authority, service: ServiceKey['service']): ServiceKey[] {
  return [...authority.serviceKeys.values()].filter((key) => key.service === service && !key.removed);
}
