import { type Database, notify, readStatements, withTransaction, writeAudit } from '@see/db';
import {
  assertLease,
  blockKeys,
  type CertificateEvents,
  countRevocations,
  hasCrl,
  insertCrl,
  readExpiredOctets,
  readRevocations,
} from '@see/db/signer';
import { type Authority, certificateStatus, countingEvents, REVOCATION_REASONS } from '@see/domain';
import {
  assertPublishable,
  type CrlEntry,
  type IssuingCa,
  type ListedEntry,
  nextCrlEntries,
  type PreviousCrl,
  prepareCrl,
} from '@see/issuance';
import type { SealedStore } from '@see/keys';
import { readStatement } from '@see/statement';
import { type CertificateList, parseCrl } from '@see/x509';
import type { CaRing } from './ca-ring.ts';
import type { ChainKeeper } from './chain-keeper.ts';
import { LEASE } from './lease-keeper.ts';
import type { SealedState } from './sealed-state.ts';
import type { TrustedClock } from './trusted-clock.ts';
import { verifiedExpiries } from './verified-expiry.ts';

/** At most one CRL a CA in this time, in milliseconds. */
const AT_MOST_EVERY = 5_000;
/** A CRL is made at least this often (REV-2), in milliseconds. */
const AT_LEAST_EVERY = 6 * 3_600_000;
const VALID_FOR = 48 * 3_600_000;
const DAY = 86_400_000;
const HOLD: number = REVOCATION_REASONS.certificateHold;

export interface CrlDeps {
  readonly db: Database;
  readonly clock: TrustedClock;
  readonly state: SealedState;
  readonly store: SealedStore;
  readonly ring: CaRing;
  readonly chain: ChainKeeper;
  readonly holder: string;
  readonly alarm: (message: string, fields: Record<string, unknown>) => void;
  readonly step: (name: string) => void;
}

/** Makes the CRLs: on revocation, on schedule, never backwards (promise 8). */
export class CrlKeeper {
  readonly #deps: CrlDeps;
  readonly #last = new Map<string, { madeAt: number; seen: number }>();

  constructor(deps: CrlDeps) {
    this.#deps = deps;
  }

  /** Publishes what is due. Returns in how many milliseconds the next look is due. */
  async run(): Promise<number> {
    const counts = await countRevocations(this.#deps.db);
    let next = 60_000;
    for (const ca of this.#deps.ring.cas.values()) {
      const last = this.#last.get(ca.id) ?? { madeAt: await this.#lastMade(ca), seen: -1 };
      const now = this.#deps.clock.now().getTime();
      const age = now - last.madeAt;
      const news = (counts.get(ca.id) ?? 0) !== last.seen;
      if (age >= AT_LEAST_EVERY || (news && age >= AT_MOST_EVERY)) {
        await this.publish(ca);
        this.#last.set(ca.id, { madeAt: now, seen: counts.get(ca.id) ?? 0 });
      } else if (news) next = Math.min(next, AT_MOST_EVERY - age);
    }
    return Math.max(next, 100);
  }

  /** Makes, checks and publishes the next CRL of a CA now. */
  async publish(ca: IssuingCa): Promise<void> {
    const { db, clock, state, store, chain } = this.#deps;
    const last = await this.#lastCrl(ca);
    const thisUpdate = clock.now();
    const previous = last && { thisUpdate: last.thisUpdate, number: last.crlNumber ?? 0n, entries: entriesOf(last) };
    const rows = await readRevocations(db, ca.id, new Date((last?.thisUpdate ?? thisUpdate).getTime() - DAY));
    const found = await this.#entries(rows, chain.authority);
    const expiries = await this.#expired(ca, previous);
    const released = (entry: ListedEntry) => isReleased(entry, found.released);
    const { entries, restored } = nextCrlEntries(
      found.entries,
      previous,
      (serial) => expiries.get(serial.toHex()),
      released,
    );
    if (restored.length > 0)
      this.#deps.alarm('revocations vanished from the database; the CRL keeps them', { ca: ca.id, serials: restored });
    const sealed = BigInt(state.memory.crlNumbers[ca.id] ?? '0');
    const number = sealed + 1n;
    const nextUpdate = new Date(thisUpdate.getTime() + VALID_FOR);
    const der = await prepareCrl({ ca, number, thisUpdate, nextUpdate, entries }).sign(ca.key);
    const mayLeave = (entry: ListedEntry) => {
      const expires = expiries.get(entry.serial.toHex());
      return released(entry) || (expires !== undefined && previous !== undefined && expires < previous.thisUpdate);
    };
    assertPublishable(der, ca, previous, mayLeave);
    this.#deps.step('crl-1-signed');
    // Sealed first: after a crash the number is used up and the list is published from here.
    store.write(`crl-${ca.id}`, der);
    state.update({
      crlNumbers: { ...state.memory.crlNumbers, [ca.id]: String(number) },
      acceptedStatements: found.accepted,
    });
    this.#deps.step('crl-2-sealed');
    await this.#publish(ca, { number, der, thisUpdate, nextUpdate, entries: entries.length }, found.compromised);
    this.#deps.step('crl-3-published');
  }

  async #publish(
    ca: IssuingCa,
    crl: { number: bigint; der: Uint8Array; thisUpdate: Date; nextUpdate: Date; entries: number },
    compromised: readonly Uint8Array[],
  ): Promise<void> {
    await withTransaction(this.#deps.db, async (tx) => {
      await assertLease(tx, LEASE, this.#deps.holder);
      await insertCrl(tx, { ca: ca.id, scope: 'full', ...crl });
      await blockKeys(tx, compromised, 'revoked for keyCompromise');
      await writeAudit(tx, [
        {
          kind: 'crl.published',
          outcome: 'success',
          actor: { process: 'signer' },
          objectType: 'crl',
          objectId: `${ca.id}/${crl.number}`,
          detail: { entries: crl.entries, thisUpdate: crl.thisUpdate.toISOString() },
        },
      ]);
      await notify(tx, 'see_crls', crl.number);
    });
  }

  /** Puts a CRL that was sealed but not published where it belongs, after a crash. */
  async publishSealed(): Promise<void> {
    for (const ca of this.#deps.ring.cas.values()) {
      const last = await this.#lastCrl(ca);
      if (
        !last?.nextUpdate ||
        last.crlNumber === undefined ||
        (await hasCrl(this.#deps.db, ca.id, 'full', last.crlNumber))
      )
        continue;
      let entries = 0;
      for (const _ of last.entries) entries += 1;
      await this.#publish(
        ca,
        { number: last.crlNumber, der: last.der, thisUpdate: last.thisUpdate, nextUpdate: last.nextUpdate, entries },
        [],
      );
    }
  }

  async #entries(
    rows: readonly CertificateEvents[],
    authority: Authority,
  ): Promise<{ entries: CrlEntry[]; released: Map<string, Date>; compromised: Uint8Array[]; accepted: string[] }> {
    const digests = rows.flatMap((row) =>
      row.events.flatMap((event) => (event.statementDigest ? [event.statementDigest] : [])),
    );
    const statements = await readStatements(this.#deps.db, digests);
    const entries: CrlEntry[] = [];
    const released = new Map<string, Date>();
    const compromised: Uint8Array[] = [];
    // What counted once counts for ever: operators leave, what they decided stays decided.
    const known = new Set(this.#deps.state.memory.acceptedStatements);
    for (const row of rows) {
      const certificate = { ca: row.ca, serial: row.serial.toHex(), profileId: row.profileId };
      const statementOf = (digest: Uint8Array) => statements.get(digest.toHex());
      const counting = countingEvents(row.events, certificate, statementOf, authority, (digest) =>
        known.has(digest.toHex()),
      );
      for (const { statementDigest } of counting) if (statementDigest) known.add(statementDigest.toHex());
      const status = certificateStatus(row.events, (event) => counting.has(event));
      for (const { kind, statementDigest } of counting) {
        const stored = kind === 'release' && statementDigest ? statementOf(statementDigest) : undefined;
        if (stored) noteRelease(released, row.serial.toHex(), stored.bytes);
      }
      if (status.kind === 'good') continue;
      if (status.reason === 1) compromised.push(row.spkiSha256);
      entries.push({
        serial: row.serial,
        revocationDate: status.revokedAt,
        reason: status.reason,
        expires: row.notAfter,
        ...(status.invalidityDate ? { invalidityDate: status.invalidityDate } : {}),
      });
    }
    return { entries, released, compromised, accepted: [...known] };
  }

  /** notAfter, from verified certificates, of what the last CRL listed and has expired since. */
  async #expired(ca: IssuingCa, previous: PreviousCrl | undefined): Promise<Map<string, Date>> {
    if (!previous) return new Map();
    const serials = previous.entries.map((entry) => entry.serial);
    return verifiedExpiries(await readExpiredOctets(this.#deps.db, ca.id, serials, previous.thisUpdate), ca);
  }

  /** The last CRL, from the sealed store. */
  async #lastCrl(ca: IssuingCa): Promise<CertificateList | undefined> {
    const name = `crl-${ca.id}`;
    return this.#deps.store.has(name) ? parseCrl(this.#deps.store.read(name)) : undefined;
  }

  async #lastMade(ca: IssuingCa): Promise<number> {
    return (await this.#lastCrl(ca))?.thisUpdate.getTime() ?? 0;
  }
}

/** How far the clocks of those who sign releases may be behind, in milliseconds. */
const CLOCK_TOLERANCE = 300_000;

/** Keeps the latest time from which a counting release statement of a certificate was valid. */
function noteRelease(released: Map<string, Date>, serial: string, bytes: Uint8Array): void {
  const from = new Date(readStatement(bytes).statement.notBefore * 1000);
  const known = released.get(serial);
  if (!known || known < from) released.set(serial, from);
}

/** Whether a listed hold was released: by a statement made after the hold began, as the sealed CRL dates it. */
function isReleased(entry: ListedEntry, released: ReadonlyMap<string, Date>): boolean {
  const from = released.get(entry.serial.toHex());
  return (
    entry.reason === HOLD && from !== undefined && from.getTime() + CLOCK_TOLERANCE >= entry.revocationDate.getTime()
  );
}

function entriesOf(crl: CertificateList): ListedEntry[] {
  return Array.from(crl.entries, (entry) => ({
    serial: entry.serialNumber,
    revocationDate: entry.revocationDate,
    reason: entry.reason ?? 0,
    ...(entry.invalidityDate ? { invalidityDate: entry.invalidityDate } : {}),
  }));
}
