import { type Database, readStatements, type Tx } from '@see/db';
import { type CertificateRow, listAgencyCertificates, listRevocations } from '@see/db/ra';
import {
  activeProfile,
  certificateStatus,
  countingEvents,
  permittedReason,
  type RevocationEvent,
  type RevocationReason,
} from '@see/domain';
import { profileOf } from '@see/policy';
import type { Ra } from '../../ra.ts';

/** A certificate that ends with its agency, and the reason that its profile knows for it. */
export interface CertificateToEnd {
  readonly certificate: CertificateRow;
  readonly reason: RevocationReason;
}

/**
 * The certificates of an agency that are not over and not revoked by an event that counts, with the reason for which they end
 * with it. A row that says revoked by a statement which does not hold shields nothing.
 */
export async function certificatesToEnd(ra: Ra, db: Database | Tx, agencyId: string): Promise<CertificateToEnd[]> {
  const authority = ra.authority.current;
  const all = await listAgencyCertificates(db, agencyId, ra.now());
  const rows = await listRevocations(
    db,
    all.map(({ id }) => id),
  );
  const digests = [...rows.values()].flat().flatMap(({ statementDigest }) => statementDigest ?? []);
  const statements = await readStatements(db, digests);
  const isRevoked = ({ id, ca, serial, profileId }: CertificateRow): boolean => {
    const events = (rows.get(id) ?? []).map(
      ({ id: event, kind, reason, revokedAt, statementDigest }): RevocationEvent => ({
        id: event,
        kind,
        reason,
        revokedAt,
        ...(statementDigest ? { statementDigest } : {}),
      }),
    );
    const named = { ca, serial: serial.toHex(), profileId };
    const counting = countingEvents(events, named, (digest) => statements.get(digest.toHex()), authority);
    return certificateStatus(events, (event) => counting.has(event)).kind === 'revoked';
  };
  return all
    .filter((certificate) => !isRevoked(certificate))
    .map((certificate) => {
      const active = activeProfile(authority, certificate.profileId);
      const rules = active && profileOf(active.content);
      return { certificate, reason: permittedReason('cessationOfOperation', rules) };
    });
}
