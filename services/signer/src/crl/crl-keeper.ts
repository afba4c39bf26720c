import { type Database, notify, withTransaction, writeAudit } from '@see/db';
import { assertLease, blockKeys, hasCrl, insertCrl, readRevocations } from '@see/db/signer';
import { type CrlPlan, crlPlanOf } from '@see/domain';
import type { CrlIssuer, CrlScope } from '@see/issuance';
import type { SealedStore } from '@see/keys';
import type { CertificateList } from '@see/x509';
import type { CaRing } from '../ca-ring.ts';
import type { ChainKeeper } from '../chain-keeper.ts';
import { LEASE } from '../lease-keeper.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { SealedState } from '../sealed-state.ts';
import type { TrustedClock } from '../trusted-clock.ts';
import { AT_LEAST_EVERY, dueLists, scopesOf } from './due-lists.ts';
import { type MadeList, makeLists, toldBy } from './make-lists.ts';
import { PAGE, RevocationBook } from './revocation-book.ts';
import { RevocationFeed } from './revocation-feed.ts';
import { SealedLists } from './sealed-lists.ts';

/** At most one list of a scope in this time, in milliseconds. */
const AT_MOST_EVERY = 5_000;
const LOOK_EVERY = 60_000;

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

/** What is kept of one CA while the signer runs. Times in milliseconds since 1970. */
interface KeptCa {
  readonly ca: CrlIssuer;
  readonly book: RevocationBook;
  /** When everything was compared with the database, and when lists were made. */
  comparedAt: number;
  madeAt: number;
}

/** Makes the CRLs: on revocation, on schedule, by the plan of the authority chain, never backwards (promise 8). */
export class CrlKeeper {
  readonly #deps: CrlDeps;
  readonly #sealed: SealedLists;
  readonly #accepted: Set<string>;
  readonly #exclusive = oneAtATime();
  /** Lists that the database is known to have: `<ca>/<scope>`. */
  readonly #published = new Set<string>();
  /** CAs whose last lists may not be in the database. */
  readonly #unpublished = new Set<string>();
  #feed: RevocationFeed | undefined;
  #kept: ReadonlyMap<string, KeptCa> = new Map();

  constructor(deps: CrlDeps) {
    this.#deps = deps;
    this.#sealed = new SealedLists(deps.store);
    this.#accepted = new Set(deps.state.memory.acceptedStatements);
  }

  /**
   * Publishes what is due. Returns in how many milliseconds the next look is due. What one CA's lists fail with is thrown when
   * those of the others were looked at.
   */
  run(): Promise<number> {
    return this.#exclusive(async () => {
      await this.#read();
      let next = LOOK_EVERY;
      const failed: unknown[] = [];
      for (const kept of this.#kept.values()) {
        try {
          next = Math.min(next, await this.#runCa(kept));
        } catch (error) {
          failed.push(error);
        }
      }
      if (failed.length > 0) throw failed[0];
      return Math.max(next, 100);
    });
  }

  /** Compares everything with the database and publishes all lists of a CA now. */
  publish(ca: CrlIssuer): Promise<void> {
    return this.#exclusive(async () => {
      await this.#read();
      const kept = this.#keptOf(ca.id);
      await this.#compare(kept);
      const plan = this.#planOf(ca.id);
      const hasBase = this.#sealed.facts(ca.id, 'full') !== undefined;
      await this.#make(
        kept,
        scopesOf(plan).filter((scope) => scope !== 'delta' || hasBase),
      );
    });
  }

  /** Puts lists that were sealed but not published where they belong, after a crash. */
  publishSealed(): Promise<void> {
    return this.#exclusive(async () => {
      for (const ca of this.#deps.ring.cas.values()) await this.#publishSealed(ca);
    });
  }

  /**
   * The plan by which a certificate of a CA may be made now: each list that it can name is published. Makes those that are
   * missing. Throws when that is not possible.
   */
  async readyPlan(caId: string): Promise<CrlPlan> {
    const isReady = (plan: CrlPlan): boolean =>
      (!plan.delta && plan.shards.length === 0) ||
      scopesOf(plan).every((scope) => this.#published.has(`${caId}/${scope}`));
    const plan = this.#planOf(caId);
    if (isReady(plan) || !this.#deps.ring.cas.has(caId)) return plan;
    return this.#exclusive(async () => {
      await this.#read();
      const kept = this.#keptOf(caId);
      await this.#publishSealed(kept.ca);
      // Twice, since the first delta needs a full list before it.
      for (let round = 0; round < 2; round += 1) {
        const due = this.#due(kept);
        if (due.length > 0 && !isReady(this.#planOf(caId))) await this.#make(kept, due);
      }
      const ready = this.#planOf(caId);
      if (!isReady(ready)) throw new Error(`lists of CA ${caId} are missing`);
      return ready;
    });
  }

  async #runCa(kept: KeptCa): Promise<number> {
    const { ca } = kept;
    if (this.#unpublished.has(ca.id)) await this.#publishSealed(ca);
    const now = this.#deps.clock.now().getTime();
    if (now - kept.comparedAt >= AT_LEAST_EVERY) await this.#compare(kept);
    const due = this.#due(kept);
    if (due.length === 0) return LOOK_EVERY;
    const age = now - kept.madeAt;
    if (age < AT_MOST_EVERY) return AT_MOST_EVERY - age;
    await this.#make(kept, due);
    return this.#due(kept).length === 0 ? LOOK_EVERY : AT_MOST_EVERY;
  }

  #due({ ca, book }: KeptCa): CrlScope[] {
    const now = this.#deps.clock.now().getTime();
    return dueLists(this.#planOf(ca.id), (scope) => this.#sealed.facts(ca.id, scope), book.changed, now);
  }

  /** Judges what is new; everything, the first time. */
  async #read(): Promise<void> {
    const { db } = this.#deps;
    if (!this.#feed) {
      await this.#open();
      return;
    }
    const places = await this.#feed.read();
    const ids = new Set(places.map(({ certificateId }) => certificateId));
    for (const { book } of this.#kept.values()) for (const id of [...book.uncounted].slice(0, PAGE)) ids.add(id);
    const all = [...ids];
    for (let from = 0; from < all.length; from += PAGE) {
      const rows = await readRevocations(db, all.slice(from, from + PAGE));
      for (const { ca, book } of this.#kept.values())
        await book.judge(
          rows.filter((row) => row.ca === ca.id),
          this.#shownAt(ca.id),
        );
    }
    this.#feed.seen(places);
  }

  async #open(): Promise<void> {
    const { db, ring, chain, clock, alarm } = this.#deps;
    const authority = () => chain.authority;
    const block = (keys: readonly Uint8Array[]) => this.#block(keys);
    const feed = new RevocationFeed(db, [...ring.cas.keys()]);
    await feed.start();
    const found = new Map<string, KeptCa>();
    for (const ca of ring.cas.values()) {
      const book = new RevocationBook(ca, { db, authority, accepted: this.#accepted, block, alarm });
      this.#recall(ca.id, book);
      const times = scopesOf(this.#planOf(ca.id)).map((scope) => this.#sealed.facts(ca.id, scope)?.thisUpdate);
      const madeAt = Math.max(...times.map((time) => time?.getTime() ?? 0));
      const kept = { ca, book, madeAt, comparedAt: clock.now().getTime() };
      await book.compare(this.#shownAt(ca.id));
      found.set(ca.id, kept);
    }
    this.#kept = found;
    this.#feed = feed;
  }

  /** Gives a book what the sealed lists say: those of one moment may not all have been sealed. */
  #recall(ca: string, book: RevocationBook): void {
    const full = this.#sealed.read(ca, 'full');
    const delta = this.#sealed.read(ca, 'delta');
    book.recall(toldBy(full, delta));
    const known = Math.max(Number(full?.crlNumber ?? 0n), Number(delta?.crlNumber ?? 0n));
    for (const scope of scopesOf(this.#planOf(ca))) {
      const facts = this.#sealed.facts(ca, scope);
      const list = facts && facts.number > known ? this.#sealed.read(ca, scope) : undefined;
      if (list) book.recallNews(list.entries.scan());
    }
  }

  async #compare(kept: KeptCa): Promise<void> {
    const now = this.#deps.clock.now().getTime();
    await kept.book.compare(this.#shownAt(kept.ca.id));
    kept.comparedAt = now;
  }

  /** The time of the oldest of a CA's lists; undefined without a full one. A delta is as old as what it starts from. */
  #shownAt(ca: string): Date | undefined {
    if (!this.#sealed.facts(ca, 'full')) return undefined;
    const times = scopesOf(this.#planOf(ca)).flatMap((scope) => {
      const facts = scope === 'delta' ? undefined : this.#sealed.facts(ca, scope);
      return facts ? [facts.thisUpdate.getTime()] : [];
    });
    return new Date(Math.min(...times));
  }

  async #make(kept: KeptCa, scopes: readonly CrlScope[]): Promise<void> {
    const { clock, state, chain, step } = this.#deps;
    const { ca, book } = kept;
    const plan = this.#planOf(ca.id);
    const thisUpdate = clock.now();
    const number = this.#lastNumber(ca.id) + 1n;
    const { vaUrl } = chain.authority.configuration;
    const made = await makeLists({ ca, number, thisUpdate, scopes, delta: plan.delta, vaUrl }, book, this.#sealed);
    step('crl-1-signed');
    // Sealed first: after a crash the number is used up and the lists are published from here.
    this.#unpublished.add(ca.id);
    for (const [index, { scope, crl }] of made.entries()) {
      if (index > 0) step('crl-2-partly-sealed');
      this.#sealed.write(ca.id, scope, crl);
    }
    state.update({
      crlNumbers: { ...state.memory.crlNumbers, [ca.id]: String(number) },
      acceptedStatements: [...this.#accepted],
    });
    step('crl-2-sealed');
    book.settle();
    kept.madeAt = thisUpdate.getTime();
    await this.#publish(ca, made);
    this.#unpublished.delete(ca.id);
    step('crl-3-published');
  }

  /** The highest number that was used, whether or not it was noted before a crash. */
  #lastNumber(ca: string): bigint {
    let last = BigInt(this.#deps.state.memory.crlNumbers[ca] ?? '0');
    for (const scope of new Set<CrlScope>([...scopesOf(this.#planOf(ca)), 'delta'])) {
      const number = this.#sealed.facts(ca, scope)?.number ?? 0n;
      if (number > last) last = number;
    }
    return last;
  }

  async #publish(ca: CrlIssuer, lists: readonly MadeList[]): Promise<void> {
    if (lists.length === 0) return;
    const rows = lists.map(({ scope, crl }) => rowOf(ca.id, scope, crl));
    await withTransaction(this.#deps.db, async (tx) => {
      await assertLease(tx, LEASE, this.#deps.holder);
      for (const row of rows) await insertCrl(tx, row);
      await writeAudit(
        tx,
        rows.map(({ scope, number, entries, thisUpdate }) => ({
          kind: 'crl.published',
          outcome: 'success',
          actor: { process: 'signer' },
          objectType: 'crl',
          objectId: `${ca.id}/${number}`,
          detail: { scope, entries, thisUpdate: thisUpdate.toISOString() },
        })),
      );
      await notify(tx, 'see_crls', rows[0]?.number ?? 0n);
    });
    for (const { scope } of lists) this.#published.add(`${ca.id}/${scope}`);
  }

  async #publishSealed(ca: CrlIssuer): Promise<void> {
    const lost: MadeList[] = [];
    for (const scope of scopesOf(this.#planOf(ca.id))) {
      const facts = this.#sealed.facts(ca.id, scope);
      if (!facts) continue;
      if (await hasCrl(this.#deps.db, ca.id, scope, facts.number)) this.#published.add(`${ca.id}/${scope}`);
      else {
        const crl = this.#sealed.read(ca.id, scope);
        if (crl) lost.push({ scope, crl });
      }
    }
    await this.#publish(ca, lost);
    this.#unpublished.delete(ca.id);
  }

  async #block(keys: readonly Uint8Array[]): Promise<void> {
    if (keys.length === 0) return;
    await withTransaction(this.#deps.db, async (tx) => {
      await assertLease(tx, LEASE, this.#deps.holder);
      await blockKeys(tx, keys, 'revoked for keyCompromise');
    });
  }

  #planOf(ca: string): CrlPlan {
    return crlPlanOf(this.#deps.chain.authority.configuration.status, ca);
  }

  #keptOf(ca: string): KeptCa {
    const kept = this.#kept.get(ca);
    if (!kept) throw new Error(`this signer holds no key of CA ${ca}`);
    return kept;
  }
}

function rowOf(ca: string, scope: CrlScope, crl: CertificateList) {
  const { der, thisUpdate, nextUpdate = thisUpdate, crlNumber: number = 0n } = crl;
  return { ca, scope, number, der, entries: crl.entries.count(), thisUpdate, nextUpdate };
}
