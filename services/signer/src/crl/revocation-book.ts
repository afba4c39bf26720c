import { type Database, readStatements } from '@see/db';
import { type CertificateEvents, readExpiredOctets, readRevocations, readRevokedCertificates } from '@see/db/signer';
import { type Authority, certificateStatus, countingEvents, REVOCATION_REASONS } from '@see/domain';
import {
  type IssuingCa,
  isSameRow,
  nextEntry,
  type RevokedRow,
  RevokedSet,
  rowOf,
  type ToldEntries,
} from '@see/issuance';
import { readStatement } from '@see/statement';
import type { RevokedScanner } from '@see/x509';
import { verifiedExpiries } from './verified-expiry.ts';

const HOLD: number = REVOCATION_REASONS.certificateHold;
const REMOVE_FROM_CRL = 8;
const KEY_COMPROMISE: number = REVOCATION_REASONS.keyCompromise;
/** How far the clocks of those who sign releases may be behind, in seconds. */
const CLOCK_TOLERANCE = 300;
const DAY = 86_400_000;
export const PAGE = 500;
const COMPARED_AT_ONCE = 2_000;
const MOST_ROUNDS = 250;
/** The round of rows that were not told in any. */
const UNTOLD = 0;
const MOST_IN_ALARM = 50;

export interface BookDeps {
  readonly db: Database;
  readonly authority: () => Authority;
  /** Statements that were found good, hex: what counted once counts for ever, whoever leaves. Added to. */
  readonly accepted: Set<string>;
  /** Blocks keys of certificates that were revoked for keyCompromise. */
  readonly block: (keys: readonly Uint8Array[]) => Promise<void>;
  readonly alarm: (message: string, fields: Record<string, unknown>) => void;
}

type Entry = Pick<RevokedRow, 'serial' | 'revokedAt' | 'reason'>;

/**
 * What one CA's lists have to say: every certificate that is revoked or held, by what the last sealed lists said and what events
 * were judged since. Only a verified release of that hold, or a verified expiry that was shown (REV-11), takes an entry out, so
 * that rows that vanish or change make nothing good. NOT safe against two calls at once.
 */
export class RevocationBook {
  readonly set = new RevokedSet();
  readonly #deps: BookDeps;
  readonly #ca: IssuingCa;
  readonly #uncounted = new Set<number>();
  readonly #alarmed = new Set<string>();
  #changed: Uint8Array[] = [];
  /** By serial number (hex), the latest time from which a counting release statement was valid, in seconds. */
  #released = new Map<string, number>();
  #round = 0;

  constructor(ca: IssuingCa, deps: BookDeps) {
    this.#ca = ca;
    this.#deps = deps;
  }

  /** Serial numbers of what changed since `settle`. */
  get changed(): readonly Uint8Array[] {
    return this.#changed;
  }

  /** Ids of certificates with events whose statements do not hold yet. */
  get uncounted(): ReadonlySet<number> {
    return this.#uncounted;
  }

  /** Takes what clients were told by lists before: a full one, and the delta on it. */
  recall({ list, delta }: ToldEntries): void {
    if (list) this.set.putAll(list.scan());
    for (const entry = delta?.scan(); entry?.next(); ) {
      const row = rowOf(entry);
      if (row.reason === REMOVE_FROM_CRL) this.set.delete(row.serial);
      else this.set.put(row);
    }
  }

  /** Takes what a list says that was sealed when others of its moment were not: it is told by those too from the next on. */
  recallNews(entries: RevokedScanner): void {
    while (entries.next()) {
      const row = rowOf(entries);
      const known = this.set.get(row.serial);
      if (known && (known.reason !== HOLD || row.reason === HOLD)) continue;
      this.set.put(row);
      this.#changed.push(row.serial);
    }
  }

  /** Says that lists with all changes were made. */
  settle(): void {
    this.#changed = [];
  }

  /** Judges certificates anew by all their events. `shownAt` is the time of the CA's oldest list that still counts. */
  async judge(rows: readonly CertificateEvents[], shownAt: Date | undefined): Promise<void> {
    const digests = rows.flatMap(({ events }) => events.flatMap(({ statementDigest: one }) => (one ? [one] : [])));
    const statements = await readStatements(this.#deps.db, digests);
    const authority = this.#deps.authority();
    const restored: string[] = [];
    const compromised: Uint8Array[] = [];
    for (const row of rows) {
      const told = this.#statusOf(row, statements, authority);
      if (told?.reason === KEY_COMPROMISE) compromised.push(row.spkiSha256);
      if (!this.#settleRow(row, told, shownAt)) restored.push(row.serial.toHex());
    }
    await this.#deps.block(compromised);
    this.#alarm(restored);
  }

  /**
   * Compares everything with the database, in pages: takes what it tells, keeps what it no longer tells and raises an alarm, and
   * leaves out what expired, by its verified certificate, before `shownAt` (REV-11).
   */
  async compare(shownAt: Date | undefined): Promise<void> {
    this.#round = (this.#round % MOST_ROUNDS) + 1;
    this.#alarmed.clear();
    this.#uncounted.clear();
    const before = this.#released;
    this.#released = new Map();
    try {
      const expiringAfter = new Date((shownAt?.getTime() ?? DAY) - DAY);
      for (let after: number | undefined = 0; after !== undefined; ) {
        const page = await readRevokedCertificates(this.#deps.db, this.#ca.id, expiringAfter, after, COMPARED_AT_ONCE);
        await this.judge(await readRevocations(this.#deps.db, page.ids), shownAt);
        after = page.last;
      }
    } catch (error) {
      this.#released = before;
      throw error;
    }
    if (shownAt) await this.#leaveOutExpired(shownAt);
  }

  /** Serial numbers (hex) of those entries that may leave a list: verified releases, and verified expiry before `shownAt`. */
  async vouchFor(entries: readonly Entry[], shownAt: Date): Promise<Set<string>> {
    const vouched = new Set<string>();
    const rest = entries.filter((entry) => {
      const released = this.#isReleased(entry);
      if (released) vouched.add(entry.serial.toHex());
      return !released;
    });
    for (const serial of await this.#expired(rest, shownAt)) vouched.add(serial);
    return vouched;
  }

  #statusOf(
    row: CertificateEvents,
    statements: Awaited<ReturnType<typeof readStatements>>,
    authority: Authority,
  ): RevokedRow | undefined {
    const { accepted } = this.#deps;
    const serial = row.serial.toHex();
    const certificate = { ca: row.ca, serial, profileId: row.profileId };
    const statementOf = (digest: Uint8Array) => statements.get(digest.toHex());
    const counting = countingEvents(row.events, certificate, statementOf, authority, (digest) =>
      accepted.has(digest.toHex()),
    );
    for (const { kind, statementDigest } of counting) {
      if (!statementDigest) continue;
      accepted.add(statementDigest.toHex());
      const stored = kind === 'release' ? statementOf(statementDigest) : undefined;
      if (stored) this.#noteRelease(serial, readStatement(stored.bytes).statement.notBefore);
    }
    if (counting.size < row.events.length) this.#uncounted.add(row.certificateId);
    else this.#uncounted.delete(row.certificateId);
    const status = certificateStatus(row.events, (event) => counting.has(event));
    if (status.kind === 'good') return undefined;
    return {
      serial: row.serial,
      revokedAt: secondsOf(status.revokedAt),
      reason: status.reason,
      invalidSince: status.invalidityDate ? secondsOf(status.invalidityDate) : 0,
    };
  }

  /** Returns false where the entry is kept although the database no longer tells it. */
  #settleRow(certificate: CertificateEvents, told: RevokedRow | undefined, shownAt: Date | undefined): boolean {
    const known = this.set.get(certificate.serial);
    const hadExpired = shownAt !== undefined && certificate.notAfter < shownAt;
    // When the lists were made, and it was on none of them.
    if (!known && told && hadExpired) return true;
    const { row, restored } = nextEntry(known, told, (entry) => this.#isReleased(entry));
    // What had expired is looked at again, by its verified certificate.
    if (row) this.set.put(row, hadExpired ? UNTOLD : this.#round);
    else if (known) this.set.delete(certificate.serial);
    if (!isSameRow(known, row)) this.#changed.push(certificate.serial);
    return !restored;
  }

  async #leaveOutExpired(shownAt: Date): Promise<void> {
    const untold: RevokedRow[] = [];
    const rows = this.set.cursor();
    while (rows.next()) {
      if (rows.round !== this.#round) untold.push(rowOf(rows));
    }
    const expired = await this.#expired(untold, shownAt);
    const kept: string[] = [];
    for (const { serial } of untold) {
      const hex = serial.toHex();
      if (expired.has(hex)) {
        this.set.delete(serial);
        this.#changed.push(serial);
      } else kept.push(hex);
    }
    this.#alarm(kept);
  }

  /** Serial numbers (hex) of those whose certificates, verified, expired before a time. */
  async #expired(entries: readonly Entry[], before: Date): Promise<Set<string>> {
    const found = new Set<string>();
    for (let from = 0; from < entries.length; from += PAGE) {
      const serials = entries.slice(from, from + PAGE).map(({ serial }) => serial);
      const octets = await readExpiredOctets(this.#deps.db, this.#ca.id, serials, before);
      for (const [serial, expires] of verifiedExpiries(octets, this.#ca)) if (expires < before) found.add(serial);
    }
    return found;
  }

  #noteRelease(serial: string, from: number): void {
    this.#released.set(serial, Math.max(from, this.#released.get(serial) ?? 0));
  }

  /** Whether a hold was released: by a statement made after the hold began, as the lists date it. */
  #isReleased({ serial, reason, revokedAt }: Entry): boolean {
    const from = reason === HOLD ? this.#released.get(serial.toHex()) : undefined;
    return from !== undefined && from + CLOCK_TOLERANCE >= revokedAt;
  }

  /** Once for each until everything is compared again. */
  #alarm(serials: readonly string[]): void {
    const news = serials.filter((serial) => !this.#alarmed.has(serial));
    if (news.length === 0) return;
    for (const serial of news) this.#alarmed.add(serial);
    this.#deps.alarm('revocations vanished from the database; the CRLs keep them', {
      ca: this.#ca.id,
      count: news.length,
      serials: news.slice(0, MOST_IN_ALARM),
    });
  }
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
