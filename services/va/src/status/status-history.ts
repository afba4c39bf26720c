import { type AuthorityFollower, type Database, readStatements } from '@see/db/service';
import { findSerial, readCertificateOctets, readEventsOf } from '@see/db/va';
import type { RevocationEvent } from '@see/domain';
import type { CrlArchive } from '../crl/crl-archive.ts';
import type { CrlShelf, ShelvedCrl } from '../crl/crl-shelf.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { examineCertificate } from './examine-certificate.ts';
import { HOLD_KNOWN_AFTER_MS, isShown, type ListView } from './shown-by-list.ts';
import { type PastStatus, statusAt } from './status-at.ts';
import { type Judgement, judgeEvents } from './status-judge.ts';
import type { StatusMemory } from './status-memory.ts';
import type { StatusTable } from './status-table.ts';

export interface StatusHistoryDeps {
  readonly db: Database;
  readonly authority: AuthorityFollower;
  readonly table: StatusTable;
  readonly memory: StatusMemory;
  readonly shelf: CrlShelf;
  readonly archive: CrlArchive;
  readonly now: () => Date;
}

/** A status in the past, and the signed lists that show it. */
export interface PastAnswer extends PastStatus {
  readonly validity: { readonly notBefore: Date; readonly notAfter: Date } | undefined;
  /** When the database was read: what was recorded later is not in it. */
  readonly knownAt: Date;
  /** The full CRL that was in force, and what it says. */
  readonly inForce: { readonly crl: ShelvedCrl; readonly lists: boolean } | undefined;
  /** The first full CRL that lists what is held or revoked. */
  readonly firstListing: ShelvedCrl | undefined;
}

interface Known {
  readonly ca: string;
  readonly serial: string;
  readonly profileId: string;
  /** Of the verified certificate. */
  readonly notAfter: Date | undefined;
}

/** Says what the status of a certificate was. Everything is read from the database, and none of it believed unproved. */
export class StatusHistory {
  readonly #deps: StatusHistoryDeps;

  constructor(deps: StatusHistoryDeps) {
    this.#deps = deps;
  }

  /** `serial` in lower-case hex; `at` is not after now. Rejects when the database is away, or the authority chain does not hold. */
  async find(ca: TrustedCa, serial: string, at: Date): Promise<PastAnswer> {
    const { db, authority, table, memory, shelf, archive } = this.#deps;
    const knownAt = this.#deps.now();
    // A revocation may be signed by operators who were registered just now.
    await authority.refresh();
    const found = await findSerial(db, ca.id, Uint8Array.fromHex(serial));
    const facts = found.kind === 'issued' ? found.facts : undefined;
    const entry = table.find(ca.id, serial);
    const profileId = (entry?.id === undefined ? undefined : entry.profileId) ?? facts?.profileId ?? '';
    const certificate = facts && (await this.#genuine(facts.id, ca, serial));
    const known = { ca: ca.id, serial, profileId, notAfter: certificate?.notAfter };
    const judge = await this.#judge(facts?.id, ca, known, knownAt);
    const inForce = await archive.inForce(ca, at);
    const listed = inForce?.entries.find(serial);
    const remembered = [entry && memory.get(entry), ...shelf.listed(ca.id, serial), listed];
    const status = statusAt({
      at,
      validity: certificate,
      past: judge((event) => event.revokedAt <= at, at),
      present: judge(() => true, knownAt),
      remembered: remembered.filter((item) => item !== undefined),
    });
    return {
      ...status,
      knownAt,
      validity: certificate && { notBefore: certificate.notBefore, notAfter: certificate.notAfter },
      inForce: inForce && { crl: inForce, lists: listed !== undefined },
      firstListing: status.since && (await archive.firstListing(ca, serial, status.since)),
    };
  }

  /**
   * Judges those events of a certificate that are chosen, by lists made at or before `until`: under the authority of now, and
   * where operators have left since, by the lists that show what counted (`isShown`).
   */
  async #judge(
    id: number | undefined,
    ca: TrustedCa,
    known: Known,
    knownAt: Date,
  ): Promise<(wanted: (event: RevocationEvent) => boolean, until: Date) => Judgement> {
    const { db, authority } = this.#deps;
    const events = id === undefined ? [] : ((await readEventsOf(db, [id])).get(id) ?? []);
    const statements = await readStatements(
      db,
      events.flatMap(({ statementDigest }) => statementDigest ?? []),
    );
    const statementOf = (digest: Uint8Array) => statements.get(digest.toHex());
    const { current, withFormer } = authority;
    const { notAfter } = known;
    const isAllCounted = !judgeEvents(events, known, statementOf, current).uncounted;
    if (isAllCounted || !notAfter) return (wanted) => judgeEvents(events.filter(wanted), known, statementOf, current);
    const views = await this.#views(ca, known.serial, events, knownAt);
    return (wanted, until) =>
      judgeEvents(events.filter(wanted), known, statementOf, current, {
        authority: withFormer,
        isShown: (event, hold) =>
          (views.get(event.id) ?? [])
            // What makes it milder counts from when on it is shown; what makes it stricter counts as it is dated.
            .filter(({ thisUpdate }) => event.kind !== 'release' || thisUpdate <= until)
            .some((view) => isShown(event, hold, view, notAfter)),
      });
  }

  /** By event that names a statement, what the first few lists say that can show it. */
  async #views(
    ca: TrustedCa,
    serial: string,
    events: readonly RevocationEvent[],
    until: Date,
  ): Promise<Map<number, readonly ListView[]>> {
    const found = new Map<number, ListView[]>();
    let heldKnown = 0;
    for (const { id, kind, revokedAt, statementDigest } of events) {
      if (kind === 'hold') heldKnown = revokedAt.getTime() + HOLD_KNOWN_AFTER_MS;
      if (!statementDigest) continue;
      const since = kind === 'release' ? new Date(Math.max(revokedAt.getTime(), heldKnown)) : revokedAt;
      const views: ListView[] = [];
      for await (const view of this.#deps.archive.views(ca, serial, since, until)) {
        views.push(view);
        // Lists may have a million entries: the first that can show it is enough.
        if ((view.listed === undefined) === (kind === 'release')) break;
      }
      found.set(id, views);
    }
    return found;
  }

  async #genuine(id: number, ca: TrustedCa, serial: string) {
    const octets = (await readCertificateOctets(this.#deps.db, [id])).get(id);
    return octets && (await examineCertificate(octets, ca, serial));
  }
}
