import { ROLES, type Role } from '@see/domain';
import { type Actor, assertRole, Refusal } from '@see/http';

const STAFF: readonly Role[] = ['administrator', 'operator', 'auditor', 'ca-operations'];
const REGISTRARS: readonly Role[] = ['operator', 'sponsor', 'registration-agent'];
const REGISTRY_WRITERS: readonly Role[] = ['administrator', ...REGISTRARS];
const RECOVERY_READERS: readonly Role[] = ['ca-operations', 'auditor', ...REGISTRARS];
const REGISTRY_READERS: readonly Role[] = ['administrator', 'auditor', ...REGISTRARS];

/** Who may do what. Every route that is not public takes its roles from here, and so do the pages that show a button. */
export const PERMISSIONS = {
  'agency.list': ROLES,
  'agency.show': ROLES,
  'agency.propose': ['operator'],
  'agency-abolition.show': ['operator'],
  'agency.abolish': ['operator'],
  'agency.reissue': REGISTRARS,
  'former-name-certificate.list': REGISTRARS,
  'agency-application.list': ['administrator', 'operator', 'auditor'],
  'agency-application.create': ['operator'],
  'agency-application.verify': ['operator'],
  'agency-application.decline': ['operator'],
  'site-report.list': REGISTRY_READERS,
  'site-report.create': ['operator'],
  'agency.calendar': ROLES,
  'agency-domain.list': ROLES,
  'agency-domain.challenge': REGISTRARS,
  'agency-domain.prove': ['operator'],
  'person.list': REGISTRY_READERS,
  'person.show': REGISTRY_READERS,
  'person.create': REGISTRY_WRITERS,
  'person.review': REGISTRARS,
  'person.event': REGISTRARS,
  'person.leavers': REGISTRARS,
  'person.check-mailbox': REGISTRY_WRITERS,
  'person-export.show': ['operator'],
  'certificate-evidence.show': ['operator', 'auditor'],
  'retention.list': ['administrator', 'operator', 'auditor'],
  'legal-hold.list': ['administrator', 'operator', 'auditor'],
  'legal-hold.place': ['administrator', 'operator'],
  'legal-hold.lift': ['administrator'],
  'disposal.list': ['administrator', 'operator', 'auditor'],
  'disposal.propose': ['administrator'],
  'disposal.approve': ['administrator'],
  'record.list': REGISTRY_READERS,
  'person.set-number': REGISTRY_WRITERS,
  'evidence.list': REGISTRY_READERS,
  'evidence.add': REGISTRARS,
  'evidence.withdraw': REGISTRARS,
  'life-event.list': ['administrator', 'auditor', ...REGISTRARS],
  'life-event.call-off': REGISTRARS,
  'hr-feed.list': REGISTRY_READERS,
  'hr-feed.create': ['operator'],
  'hr-feed.revoke': REGISTRY_WRITERS,
  'hr-report.list': REGISTRY_READERS,
  'hr-report.confirm': REGISTRARS,
  'hr-report.dismiss': REGISTRARS,
  'import.list': REGISTRY_READERS,
  'import.show': REGISTRY_READERS,
  'import.events': REGISTRY_READERS,
  'import.result': REGISTRY_READERS,
  'import.preview': REGISTRY_WRITERS,
  'import.create': REGISTRY_WRITERS,
  'import.pause': REGISTRY_WRITERS,
  'import.resume': REGISTRY_WRITERS,
  'import.retry': REGISTRY_WRITERS,
  'import.cancel': REGISTRY_WRITERS,
  'mail.list': ['administrator', 'operator', 'auditor'],
  'mail.show': ['administrator', 'operator', 'auditor'],
  'mail.retry': ['operator'],
  'mail-bounce.create': ['operator'],
  'mail-template.list': ['administrator', 'operator', 'auditor'],
  'mail-template.show': ['administrator', 'operator', 'auditor'],
  'order.list': ROLES,
  'order.show': ROLES,
  'order.content': ROLES,
  'order.create': REGISTRARS,
  'order.agree': ['operator', 'sponsor'],
  'order.approve': ['operator'],
  'order.reject': ['operator'],
  'order.withdraw': REGISTRARS,
  'batch.list': REGISTRY_READERS,
  'batch.show': REGISTRY_READERS,
  'batch.content': REGISTRY_READERS,
  'batch.orders': REGISTRY_READERS,
  'batch.create': ['operator'],
  'batch.approve': ['operator'],
  'statement.list': STAFF,
  'statement.show': STAFF,
  'statement.propose': ['administrator', 'operator'],
  'statement.sign': ['administrator', 'operator'],
  'recovery.list': RECOVERY_READERS,
  'recovery.show': RECOVERY_READERS,
  'recovery.content': RECOVERY_READERS,
  'recovery.request': REGISTRARS,
  'recovery.close': REGISTRARS,
  'recovery.approve': ['ca-operations'],
  'recovery.download': ['ca-operations'],
  'recovery.hand-in': ['ca-operations'],
  'recovery.release': ['ca-operations'],
  'recovery.refuse': ['ca-operations'],
  'certificate.list': ROLES,
  'certificate.show': ROLES,
  'certificate.download': ROLES,
  'certificate.confirm': REGISTRARS,
  'revocation.create': REGISTRARS,
  'profile.list': ROLES,
  'profile.show': ROLES,
  'ca.list': ROLES,
  'audit.list': ['administrator', 'auditor'],
  'audit-verification.show': ['administrator', 'auditor'],
  'audit-verification.create': ['administrator', 'auditor'],
  'session.list': ROLES,
  'session.end': ROLES,
  'sign-in-lock.list': ['administrator', 'auditor'],
  'sign-in-passkey.list': ROLES,
  'sign-in-passkey.rename': ROLES,
  'sign-in-passkey.remove': ROLES,
  'sign-in-link.create': ['administrator'],
  'sign-in-account.list': ROLES,
  'sign-in-account.create': ['administrator'],
  'sign-in-account.remove': ROLES,
  'access-review.list': ['administrator', 'auditor'],
  'operator.list': ['administrator', 'auditor'],
  'access-review.record': ['administrator'],
  'server-certificate.show': ROLES,
  'status.show': ROLES,
  'configuration.show': ROLES,
  'service.list': REGISTRY_READERS,
  'service.show': REGISTRY_READERS,
  'service.add': REGISTRARS,
  'service.review': REGISTRARS,
  'service.remove': REGISTRARS,
  'service.add-finding': REGISTRARS,
  'service.close-finding': ['operator'],
  'figures.show': ['administrator', 'operator', 'auditor'],
  'report.list': ['administrator', 'operator', 'auditor'],
  'report.show': ['administrator', 'operator', 'auditor'],
  'report.download': ['administrator', 'operator', 'auditor'],
  'console.home': ROLES,
  'search.show': ROLES,
  'console.sign-out': ROLES,
} as const satisfies Record<string, readonly Role[]>;

export type Operation = keyof typeof PERMISSIONS;

/** The config of a route of this operation. */
export function access(operation: Operation): { operation: Operation; roles: readonly Role[] } {
  return { operation, roles: PERMISSIONS[operation] };
}

/** Whether an actor's role may do it at all; which agency it is about is asked by `authorise`. */
export function may(actor: Actor, operation: Operation): boolean {
  return (PERMISSIONS[operation] as readonly Role[]).includes(actor.role);
}

/** Whether an actor sees the sessions and passkeys of others; everybody sees and ends their own. */
export function seesAllSessions({ role }: Actor): boolean {
  return role === 'administrator' || role === 'auditor';
}

/**
 * The one place where it is decided whether an actor may do something to an object. Tokens for one agency reach its
 * objects only; for them others do not exist (`not-found`), so nothing can be learned by asking.
 */
export function authorise(actor: Actor, operation: Operation, agencyId: string | null): void {
  assertRole(actor, PERMISSIONS[operation]);
  if (actor.agencyId === undefined) {
    if (actor.role !== 'sponsor' && actor.role !== 'registration-agent') return;
    throw new Refusal('other-agency', 'A sponsor or registration agent acts for one agency; this token names none.');
  }
  if (actor.agencyId !== agencyId)
    throw new Refusal('not-found', 'There is nothing under this name.', { cause: OF_ANOTHER_AGENCY });
}

/** Marks a `not-found` that hides what belongs to another agency, for the audit trail. */
export const OF_ANOTHER_AGENCY = Symbol('of another agency');

/** The agency to which an actor's lists are narrowed; undefined for those who see all. */
export function agencyOf(actor: Actor): string | undefined {
  if (actor.agencyId === undefined && (actor.role === 'sponsor' || actor.role === 'registration-agent')) {
    throw new Refusal('other-agency', 'A sponsor or registration agent acts for one agency; this token names none.');
  }
  return actor.agencyId;
}
