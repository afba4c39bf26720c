import { type CanonicalValue, type ReadStatement, readStatement } from '@see/statement';
import { type SignedBy, signersWithRole } from './authority/accept-statement.ts';
import type { Authority } from './authority/authority.ts';
import type { RevocationEvent } from './certificate-status.ts';
import { Fields } from './fields.ts';
import { RefusedError, refused } from './refusal.ts';
import { REVOCATION_REASONS, type RevocationReason } from './revocation-reason.ts';

/** Days a certificate may be on hold before its release needs two operators. */
export const HOLD_NEEDS_TWO_AFTER_DAYS = 30;

/** How far the clock of those who sign may differ from the one that dates events, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 300;

/** Profiles whose certificates are revoked only by two operators. */
export const REVOKED_BY_TWO: ReadonlySet<string> = new Set(['gateway-sign', 'gateway-encrypt', 'ocsp-responder']);

/** What a `hold-release` or `certificate-revoke` statement says. Serial numbers are lower-case hex. */
export interface RevocationSubject {
  readonly kind: 'release' | 'hold' | 'revoke';
  readonly certificates: readonly { readonly ca: string; readonly serial: string }[];
  readonly reason: RevocationReason;
  /** For a release: id of the hold it ends; each hold needs its own. */
  readonly holdId: number | null;
}

/** Reads the subject of a revocation statement; throws RefusedError. */
export function readRevocationSubject(read: ReadStatement): RevocationSubject {
  const fields = new Fields(read.statement.subject, '$.subject');
  if (read.statement.kind === 'hold-release') {
    const ca = fields.text('ca');
    const serial = fields.text('serial', /^[0-9a-f]{16,40}$/);
    const holdId = fields.integer('holdId', 1, Number.MAX_SAFE_INTEGER);
    fields.end();
    return { kind: 'release', certificates: [{ ca, serial }], reason: 'unspecified', holdId };
  }
  if (read.statement.kind !== 'certificate-revoke')
    throw refused('unknown-kind', `${read.statement.kind} revokes and releases nothing`);
  const kind = fields.oneOf('kind', ['revoke', 'hold']);
  const reason = fields.oneOf('reason', Object.keys(REVOCATION_REASONS) as RevocationReason[]);
  const certificates = fields.list('certificates', 1, 500, (item: CanonicalValue, path) => {
    const one = new Fields(item, path);
    const certificate = { ca: one.text('ca'), serial: one.text('serial', /^[0-9a-f]{16,40}$/) };
    one.end();
    return certificate;
  });
  fields.end();
  return { kind, certificates, reason, holdId: null };
}

/** A statement as it is stored, with its signatures. */
export interface StoredStatement {
  readonly bytes: Uint8Array;
  readonly signatures: readonly SignedBy[];
}

/** The certificate an event is about. */
export interface EventCertificate {
  readonly ca: string;
  readonly serial: string;
  readonly profileId: string;
}

/** A hold, as far as its release depends on it. */
export type HoldFacts = Pick<RevocationEvent, 'id' | 'revokedAt'>;

/** On what an event counts although operators who signed its statement have lost the right since. */
export interface FormerGrounds {
  /** `withFormerOperators`: keys that never had the right count for nothing. */
  readonly authority: Authority;
  /** Whether a list that the CA signed shows that the event had counted when it was made. */
  readonly isShown: (event: RevocationEvent, hold: HoldFacts | undefined) => boolean;
}

/**
 * Whether a revocation event counts, decided from its statement alone, never from the row (promise 8). A release needs
 * one operator, two when the hold is older than 30 days, and happens while its statement is valid; revoking gateway and
 * OCSP certificates needs two, and so does what names a statement, since that passes the hourly cap; any other
 * revocation counts as it stands, because it only narrows. `accepted` names statements that were found good before:
 * they go on counting when an operator who signed them has left. So do, for who has no such memory, those for which `former`
 * speaks. So what counts and names a statement was verified.
 */
export function eventCounts(
  event: RevocationEvent,
  certificate: EventCertificate,
  hold: HoldFacts | undefined,
  statement: StoredStatement | undefined,
  authority: Authority,
  accepted: (digest: Uint8Array) => boolean = () => false,
  former?: FormerGrounds,
): boolean {
  if (event.kind !== 'release' && !event.statementDigest && !REVOKED_BY_TWO.has(certificate.profileId)) return true;
  if (!statement) return false;
  let read: ReadStatement;
  let subject: RevocationSubject;
  try {
    read = readStatement(statement.bytes);
    subject = readRevocationSubject(read);
  } catch (error) {
    if (error instanceof RefusedError || error instanceof TypeError || (error as Error).name === 'CanonicalError')
      return false;
    throw error;
  }
  if (read.statement.instance !== authority.instance || subject.kind !== event.kind) return false;
  if (!subject.certificates.some((one) => one.ca === certificate.ca && one.serial === certificate.serial)) return false;
  if (event.kind !== 'release' && REVOCATION_REASONS[subject.reason] !== event.reason) return false;
  if (event.kind === 'release' && (subject.holdId !== hold?.id || !isInTime(event, read))) return false;
  if (accepted(read.digest)) return true;
  const isSigned = (by: Authority): boolean =>
    signersWithRole(by, read.digest, statement.signatures, 'operator').size >= signaturesNeeded(event, hold);
  return isSigned(authority) || (former?.isShown(event, hold) === true && isSigned(former.authority));
}

function isInTime(event: RevocationEvent, { statement }: ReadStatement): boolean {
  const at = event.revokedAt.getTime() / 1000;
  return at >= statement.notBefore - CLOCK_TOLERANCE_SECONDS && at <= statement.notAfter + CLOCK_TOLERANCE_SECONDS;
}

function signaturesNeeded(event: RevocationEvent, hold: { readonly revokedAt: Date } | undefined): number {
  if (event.kind !== 'release' || !hold) return 2;
  const days = (event.revokedAt.getTime() - hold.revokedAt.getTime()) / 86_400_000;
  return days > HOLD_NEEDS_TWO_AFTER_DAYS ? 2 : 1;
}

/** The events of one certificate that count, in order. */
export function countingEvents(
  events: readonly RevocationEvent[],
  certificate: EventCertificate,
  statementOf: (digest: Uint8Array) => StoredStatement | undefined,
  authority: Authority,
  accepted?: (digest: Uint8Array) => boolean,
  former?: FormerGrounds,
): Set<RevocationEvent> {
  const counting = new Set<RevocationEvent>();
  let hold: RevocationEvent | undefined;
  for (const event of events) {
    const statement = event.statementDigest && statementOf(event.statementDigest);
    if (!eventCounts(event, certificate, hold, statement, authority, accepted, former)) continue;
    counting.add(event);
    // A hold that is put on a hold changes nothing: the age of the first one decides who may release it.
    if (event.kind === 'hold') hold ??= event;
    else if (event.kind === 'release') hold = undefined;
  }
  return counting;
}
