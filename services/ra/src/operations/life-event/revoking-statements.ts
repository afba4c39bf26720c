import { type Database, readStatements, type Tx } from '@see/db';
import type { CertificateRow } from '@see/db/ra';
import { eventCounts, type RevocationEvent, readRevocationSubject, type StoredStatement } from '@see/domain';
import { readStatement } from '@see/statement';
import type { Ra } from '../../ra.ts';
import { asRefusal, refusedFor } from '../../refusal.ts';

/** Statements of two operators that name certificates to be revoked, by digest, hex. */
export type RevokingStatements = ReadonlyMap<string, StoredStatement>;

/** Reads statements that an event names. */
export async function readRevoking(db: Database | Tx, digests: readonly string[] = []): Promise<RevokingStatements> {
  return readStatements(
    db,
    digests.map((digest) => Uint8Array.fromHex(digest)),
  );
}

/**
 * Refuses statements that are not there, or are of another kind. Whether they have their signatures is asked when they
 * are used: one that is for later may be signed until then.
 */
export async function assertStatements(ra: Ra, digests: readonly string[] = []): Promise<void> {
  const found = await readRevoking(ra.db, digests);
  for (const [index, digest] of digests.entries()) {
    const path = `body/statements/${index}`;
    const statement = found.get(digest);
    if (!statement)
      throw refusedFor('invalid-request', [{ code: 'statement-unknown', message: 'there is no such statement', path }]);
    const { kind } = asRefusal('statement-refused', () => readRevocationSubject(readStatement(statement.bytes)));
    if (kind !== 'revoke')
      throw refusedFor('invalid-request', [{ code: 'wrong-statement', message: 'it revokes nothing', path }]);
  }
}

/**
 * The digest of the statement by which a certificate may be revoked for this reason beyond the cap; null when none of
 * them names it or has the signatures of two operators.
 */
export function coveringStatement(
  ra: Ra,
  statements: RevokingStatements,
  { ca, serial, profileId }: CertificateRow,
  reason: number,
): Uint8Array | null {
  for (const [hex, statement] of statements) {
    const statementDigest = Uint8Array.fromHex(hex);
    const event: RevocationEvent = { id: 0, kind: 'revoke', reason, revokedAt: ra.now(), statementDigest };
    const named = { ca, serial: serial.toHex(), profileId };
    if (eventCounts(event, named, undefined, statement, ra.authority.current)) return statementDigest;
  }
  return null;
}
