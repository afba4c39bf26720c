import type { RevocationReason } from './revocation-reason.ts';
import { REVOKED_BY_TWO } from './revocation-statement.ts';

export const LIFE_EVENT_KINDS = ['leaver', 'death', 'mover', 'name-change', 'lost-token', 'lost-key'] as const;
export type LifeEventKind = (typeof LIFE_EVENT_KINDS)[number];

/** What an event in a person's life does to their certificates (section 8.4). */
export interface LifeEventRule {
  /** The event in words. */
  readonly title: string;
  readonly reason: RevocationReason;
  /** Certificates are held where their profile permits, and revoked only where it does not. */
  readonly hold: boolean;
  /** The time of what happened is the invalidity date (RFC 5280 5.3.2). */
  readonly invalidity: boolean;
  /** Days for which what was issued before stays good. */
  readonly overlapDays: number;
  /** What ends with it: the person's membership, their place in this agency, or neither. */
  readonly ends: 'membership' | 'place' | 'nothing';
}

const ACTS_NOW = { hold: false, invalidity: false, overlapDays: 0, ends: 'nothing' } as const;

export const LIFE_EVENTS: Readonly<Record<LifeEventKind, LifeEventRule>> = {
  leaver: { ...ACTS_NOW, title: 'has left', reason: 'affiliationChanged', ends: 'membership' },
  death: { ...ACTS_NOW, title: 'has died', reason: 'cessationOfOperation', invalidity: true, ends: 'membership' },
  mover: { ...ACTS_NOW, title: 'moves to another agency', reason: 'affiliationChanged', ends: 'place' },
  'name-change': { ...ACTS_NOW, title: 'has another name', reason: 'affiliationChanged', overlapDays: 30 },
  'lost-token': { ...ACTS_NOW, title: 'has lost a token that may be found', reason: 'superseded', hold: true },
  'lost-key': { ...ACTS_NOW, title: 'has lost a key to others', reason: 'keyCompromise', invalidity: true },
};

/** A certificate as far as an event depends on it. */
export interface AffectedCertificate {
  readonly profileId: string;
  readonly status: 'good' | 'held' | 'revoked';
  /** CRLReason of the status, when it is not good. */
  readonly reason?: number;
  readonly notAfter: Date;
}

/** What its profile allows; undefined when the profile is not active any more. */
export interface StatusRules {
  readonly holdPermitted: boolean;
  readonly revocationReasons: readonly RevocationReason[];
}

export type PlannedAction =
  | { readonly action: 'hold' }
  | { readonly action: 'revoke'; readonly reason: RevocationReason }
  | { readonly action: 'none'; readonly because: 'expired' | 'revoked' | 'held' | 'two-operators' };

const KEY_COMPROMISE = 1;
/** What is said where a profile does not know the rule's own reason: access must end in any case. */
const OTHERWISE: readonly RevocationReason[] = ['superseded', 'cessationOfOperation', 'privilegeWithdrawn'];

/**
 * What an event does to one certificate at a time. Nothing is done twice; only a key that others have is said of a
 * revoked certificate too. Certificates that two operators revoke are left to their statement.
 */
export function planAction(
  rule: LifeEventRule,
  certificate: AffectedCertificate,
  rules: StatusRules | undefined,
  at: Date,
): PlannedAction {
  const compromised = rule.reason === 'keyCompromise';
  if (certificate.notAfter <= at) return { action: 'none', because: 'expired' };
  if (certificate.status === 'revoked' && !(compromised && certificate.reason !== KEY_COMPROMISE))
    return { action: 'none', because: 'revoked' };
  if (REVOKED_BY_TWO.has(certificate.profileId)) return { action: 'none', because: 'two-operators' };
  if (rule.hold && rules?.holdPermitted)
    return certificate.status === 'held' ? { action: 'none', because: 'held' } : { action: 'hold' };
  return { action: 'revoke', reason: permittedReason(rule.reason, rules) };
}

/** The reason itself where the profile knows it, otherwise the nearest that it knows. */
export function permittedReason(reason: RevocationReason, rules: StatusRules | undefined): RevocationReason {
  return [reason, ...OTHERWISE].find((each) => rules?.revocationReasons.includes(each)) ?? reason;
}
