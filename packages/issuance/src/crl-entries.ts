import { REVOCATION_REASONS } from '@see/domain';

/** One revoked or held certificate as it stands on a CRL. */
export interface CrlEntry {
  readonly serial: Uint8Array;
  readonly revocationDate: Date;
  /** CRLReason; 0 for unspecified. */
  readonly reason: number;
  readonly invalidityDate?: Date;
  /** notAfter of the certificate. */
  readonly expires: Date;
}

/** An entry as a CRL has it: the CRL does not say when the certificate expires. */
export type ListedEntry = Omit<CrlEntry, 'expires'>;

/** What the last CRL said, kept where the database can not reach. */
export interface PreviousCrl {
  readonly thisUpdate: Date;
  readonly entries: readonly ListedEntry[];
}

export interface CrlEntries {
  readonly entries: readonly CrlEntry[];
  /** Entries of the last CRL that the database no longer knows, or no longer as revoked; they stay, and an alarm is due. */
  readonly restored: readonly string[];
}

/**
 * The entries of the next CRL: what the database says, and what the last CRL said. An entry of the last CRL stays
 * unless its certificate had expired by then (so that it was on one CRL past expiry, REV-11) or `released` vouches
 * for a verified release of that very hold, and what was revoked there is never on hold here. So rows that vanish from
 * the database, or change, do not make a revoked certificate good. `expiryOf` is to answer from verified certificates,
 * not from rows.
 */
export function nextCrlEntries(
  current: readonly CrlEntry[],
  previous: PreviousCrl | undefined,
  expiryOf: (serial: Uint8Array) => Date | undefined,
  released: (entry: ListedEntry) => boolean,
): CrlEntries {
  const bySerial = new Map<string, CrlEntry>();
  for (const entry of current) {
    // REV-11: expired before the last CRL was made means it stood on a CRL past expiry already.
    if (previous && entry.expires < previous.thisUpdate) continue;
    bySerial.set(entry.serial.toHex(), entry);
  }
  const restored: string[] = [];
  for (const entry of previous?.entries ?? []) {
    const hex = entry.serial.toHex();
    const now = bySerial.get(hex);
    if (now ? now.reason !== HOLD || entry.reason === HOLD : entry.reason === HOLD && released(entry)) continue;
    const expires = expiryOf(entry.serial);
    if (expires && previous && expires < previous.thisUpdate) continue;
    restored.push(hex);
    bySerial.set(hex, { ...entry, expires: expires ?? FAR });
  }
  const entries = [...bySerial.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
  return { entries, restored };
}

const HOLD: number = REVOCATION_REASONS.certificateHold;
const FAR = new Date('9999-12-31T23:59:59Z');
