import { type AuditActor, notify, readStatements, type Tx, withTransaction, writeAudit } from '@see/db';
import { blockKeys, type CertificateRow, insertRevocation, listRevocations, type NewRevocation } from '@see/db/ra';
import {
  activeProfile,
  eventCounts,
  REVOCATION_REASONS,
  REVOKED_BY_TWO,
  type RevocationReason,
  readRevocationSubject,
} from '@see/domain';
import { Refusal } from '@see/http';
import { profileOf } from '@see/policy';
import { readStatement } from '@see/statement';
import type { Ra } from '../ra.ts';
import { asRefusal, refusedFor } from '../refusal.ts';

/** A wish to change the status of one certificate. */
export interface StatusWish {
  readonly action: 'revoke' | 'hold';
  readonly reason: RevocationReason;
  readonly invalidityDate?: Date;
}

/** Revokes or holds one certificate. The schema makes it one-way and enforces the caps. Returns when it happened. */
export async function revokeCertificate(
  ra: Ra,
  by: AuditActor,
  certificate: CertificateRow,
  wish: StatusWish,
): Promise<Date> {
  assertPermitted(ra, certificate, wish);
  return store(ra, by, [certificate], {
    kind: wish.action,
    reason: wish.action === 'hold' ? REVOCATION_REASONS.certificateHold : REVOCATION_REASONS[wish.reason],
    invalidityDate: wish.invalidityDate ?? null,
    statementDigest: null,
    requestedBy: by.personId ?? 'holder',
  });
}

function assertPermitted(ra: Ra, certificate: CertificateRow, wish: StatusWish): void {
  if (REVOKED_BY_TWO.has(certificate.profileId)) {
    throw refuse(
      'two-operators',
      `certificates of ${certificate.profileId} are revoked by a statement of two operators: see cert revoke CERTIFICATE --key FILE1 FILE2`,
      'design 3',
    );
  }
  assertProfileAllows(ra, certificate, wish);
  if (wish.invalidityDate && (wish.invalidityDate > ra.now() || wish.invalidityDate < certificate.notBefore)) {
    throw refuse('bad-invalidity-date', 'the invalidity date lies between the issue and now', 'RFC 5280 5.3.2');
  }
}

/** Holds only where the profile permits them, and the profile's reasons only, however many operators ask. */
function assertProfileAllows(ra: Ra, certificate: CertificateRow, wish: StatusWish): void {
  const active = activeProfile(ra.authority.current, certificate.profileId);
  const profile = active && profileOf(active.content);
  if (wish.action === 'hold' && !profile?.holdPermitted) {
    throw refuse(
      'hold-not-permitted',
      `certificates of ${certificate.profileId} are not put on hold: nobody could say later what of their mail was good`,
      'REV-8',
      'revoke it instead, and order a new one: the same request with action revoke, or see cert revoke-own',
    );
  }
  if (wish.action === 'revoke' && !profile?.revocationReasons.includes(wish.reason)) {
    throw refuse(
      'reason-not-allowed',
      `the reasons for ${certificate.profileId} are ${profile?.revocationReasons.join(', ') ?? 'none'}`,
      'REV-5',
    );
  }
}

function refuse(code: string, message: string, source: string, remedy?: string): Refusal {
  return refusedFor('revocation-refused', [{ code, message, source, ...(remedy === undefined ? {} : { remedy }) }]);
}

/**
 * Carries out a `hold-release` or `certificate-revoke` statement once enough operators have signed it. Whether it
 * counts is decided by the same function that the signer uses, and by the signer again. Returns when it happened.
 */
export async function carryOutStatement(
  ra: Ra,
  by: AuditActor,
  digest: Uint8Array,
  certificates: readonly CertificateRow[],
): Promise<Date> {
  const statement = (await readStatements(ra.db, [digest])).get(digest.toHex());
  if (!statement) throw new Refusal('not-found', 'There is no such statement.');
  const subject = asRefusal('statement-refused', () => readRevocationSubject(readStatement(statement.bytes)));
  const reason = subject.kind === 'hold' ? REVOCATION_REASONS.certificateHold : REVOCATION_REASONS[subject.reason];
  const events = await listRevocations(
    ra.db,
    certificates.map(({ id }) => id),
  );
  for (const certificate of certificates) {
    if (subject.kind !== 'release')
      assertProfileAllows(ra, certificate, { action: subject.kind, reason: subject.reason });
    const last = events.get(certificate.id)?.at(-1);
    const hold = last?.kind === 'hold' ? { id: last.id, revokedAt: last.revokedAt } : undefined;
    const event = { id: 0, kind: subject.kind, reason, revokedAt: ra.now(), statementDigest: digest };
    const named = { ca: certificate.ca, serial: certificate.serial.toHex(), profileId: certificate.profileId };
    if (!eventCounts(event, named, hold, statement, ra.authority.current)) throw notEnough(subject.kind);
  }
  return store(ra, by, certificates, {
    kind: subject.kind,
    reason,
    invalidityDate: null,
    statementDigest: digest,
    requestedBy: by.personId ?? 'operators',
  });
}

function notEnough(kind: string): Refusal {
  return refusedFor('statement-refused', [
    {
      code: 'not-enough-signatures',
      message: `the statement does not carry the signatures that this ${kind} needs, or is for another certificate or hold`,
      source: 'design 3',
      remedy: 'have operators sign it: see statement sign',
    },
  ]);
}

type Event = Omit<NewRevocation, 'certificateId' | 'ca' | 'serial'>;

async function store(ra: Ra, by: AuditActor, certificates: readonly CertificateRow[], event: Event): Promise<Date> {
  return withTransaction(ra.db, async (tx) => {
    let at = ra.now();
    let last = 0;
    for (const certificate of certificates) {
      const stored = await recordStatusChange(tx, by, certificate, event);
      at = stored.revokedAt;
      last = stored.id;
    }
    await notify(tx, 'see_revocations', last);
    return at;
  });
}

/**
 * Writes one change of status with its audit event, in the caller's transaction; the caller hints. Whether the profile
 * permits it is the caller's to check; the schema makes it one-way and enforces the caps.
 */
export async function recordStatusChange(
  tx: Tx,
  by: AuditActor,
  certificate: CertificateRow,
  event: Event,
): Promise<{ readonly id: number; readonly revokedAt: Date }> {
  const stored = await insertRevocation(tx, {
    ...event,
    certificateId: certificate.id,
    ca: certificate.ca,
    serial: certificate.serial,
  });
  if (event.kind === 'revoke' && event.reason === REVOCATION_REASONS.keyCompromise) {
    await blockKeys(tx, [certificate.spkiSha256], `revoked for keyCompromise (serial ${certificate.serial.toHex()})`);
  }
  await writeAudit(tx, [
    {
      kind: `revocation.${event.kind}`,
      outcome: 'success',
      actor: by,
      objectType: 'certificate',
      objectId: certificate.sha256.toHex(),
      detail: {
        ca: certificate.ca,
        serial: certificate.serial.toHex(),
        reason: event.reason,
        invalidityDate: event.invalidityDate?.toISOString() ?? null,
        statement: event.statementDigest?.toHex() ?? null,
      },
    },
  ]);
  return stored;
}
