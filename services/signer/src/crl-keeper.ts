import { type Database, notify, readStatements, withTransaction, writeAudit } from '@see/db';
import {
  assertLease,
  blockKeys,
  type CertificateEvents,
  hasCrl,
  insertCrl,
  readExpiries,
  readLastRevocationIds,
  readRevocations,
} from '@see/db/signer';
import { type Authority, certificateStatus, countingEvents } from '@see/domain';
import { assertPublishable, type CrlEntry, type IssuingCa, nextCrlEntries, prepareCrl } from '@see/issuance';
import type { SealedStore } from '@see/keys';
import { type CertificateList, parseCrl } from '@see/x509';
import type { CaRing } from './ca-ring.ts';
import type { ChainKeeper } from './chain-keeper.ts';
import { LEASE } from './lease-keeper.ts';
import type { SealedState } from './sealed-state.ts';
import type { TrustedClock } from './trusted-clock.ts';

/** At most one CRL a CA in this time, in milliseconds. */
const AT_MOST_EVERY = 5_000;
/** A CRL is made at least this often (REV-2), in milliseconds. */
const AT_LEAST_EVERY = 6 * 3_600_000;
const VALID_FOR = 48 * 3_600_000;
const DAY = 86_400_000;

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
    const newest = await readLastRevocationIds(this.#deps.db);
    let next = 60_000;
    for (const ca of this.#deps.ring.cas.values()) {
      const last = this.#last.get(ca.id) ?? { madeAt: await this.#lastMade(ca), seen: -1 };
      const now = this.#deps.clock.now().getTime();
      const age = now - last.madeAt;
      const news = (newest.get(ca.id) ?? 0) > last.seen;
      if (age >= AT_LEAST_EVERY || (news && age >= AT_MOST_EVERY)) {
        await this.publish(ca);
        this.#last.set(ca.id, { madeAt: now, seen: newest.get(ca.id) ?? 0 });
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
    const expiries = await readExpiries(
      db,
      ca.id,
      (previous?.entries ?? []).map((entry) => entry.serial),
    );
    const released = (serial: Uint8Array) => found.released.has(serial.toHex());
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
    const mayLeave = (serial: Uint8Array) => {
      const expires = expiries.get(serial.toHex());
      return released(serial) || (expires !== undefined && previous !== undefined && expires < previous.thisUpdate);
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
      await insertCrl(tx, { ca: ca.id, ...crl });
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
      if (!last?.nextUpdate || last.crlNumber === undefined || (await hasCrl(this.#deps.db, ca.id, last.crlNumber)))
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
  ): Promise<{ entries: CrlEntry[]; released: Set<string>; compromised: Uint8Array[]; accepted: string[] }> {
    const digests = rows.flatMap((row) =>
      row.events.flatMap((event) => (event.statementDigest ? [event.statementDigest] : [])),
    );
    const statements = await readStatements(this.#deps.db, digests);
    const entries: CrlEntry[] = [];
    const released = new Set<string>();
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
      if ([...counting].some((event) => event.kind === 'release')) released.add(row.serial.toHex());
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

  /** The last CRL, from the sealed store. */
  async #lastCrl(ca: IssuingCa): Promise<CertificateList | undefined> {
    const name = `crl-${ca.id}`;
    return this.#deps.store.has(name) ? parseCrl(this.#deps.store.read(name)) : undefined;
  }

  async #lastMade(ca: IssuingCa): Promise<number> {
    return (await this.#lastCrl(ca))?.thisUpdate.getTime() ?? 0;
  }
}

function entriesOf(crl: CertificateList): Omit<CrlEntry, 'expires'>[] {
  return Array.from(crl.entries, (entry) => ({
    serial: entry.serialNumber,
    revocationDate: entry.revocationDate,
    reason: entry.reason ?? 0,
    ...(entry.invalidityDate ? { invalidityDate: entry.invalidityDate } : {}),
  }));
}
