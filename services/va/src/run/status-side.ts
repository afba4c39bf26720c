import { join } from 'node:path';
import { AuthorityFollower, type Database, type Wake } from '@see/db/service';
import { readCertificateOctets, readDirectoryRules } from '@see/db/va';
import { type Authority, RefusedError } from '@see/domain';
import type { CrlScope } from '@see/issuance/crl-scope';
import { publishedScopes } from '@see/issuance/published-scopes';
import type { Instance, Log } from '@see/process';
import { CrlArchive } from '../crl/crl-archive.ts';
import { CrlKeeper } from '../crl/crl-keeper.ts';
import { crlList } from '../crl/crl-list.ts';
import { CrlShelf, type ShelvedCrl } from '../crl/crl-shelf.ts';
import type { IsKnown } from '../crl/listed-entries.ts';
import { DirectoryIndex } from '../pages/directory-index.ts';
import { DirectoryListing } from '../pages/directory-listing.ts';
import { ExaminedOctets } from '../status/examined-octets.ts';
import { Examiner } from '../status/examiner.ts';
import type { StatusEntry } from '../status/status-entry.ts';
import { StatusFeed } from '../status/status-feed.ts';
import { StatusHistory } from '../status/status-history.ts';
import type { StatusJournal } from '../status/status-journal.ts';
import { StatusKeeper } from '../status/status-keeper.ts';
import { type RememberedSerial, StatusMemory } from '../status/status-memory.ts';
import { StatusTable } from '../status/status-table.ts';
import { CaFiles } from '../trust/ca-files.ts';
import { IssuerIndex } from '../trust/issuer-index.ts';
import { type TrustedCas, trustedCa, verifyCas } from '../trust/trusted-ca.ts';
import type { Alarms } from './alarms.ts';

export interface StatusSideDeps {
  readonly db: Database;
  readonly instance: Instance;
  readonly stateDir: string;
  /** Key of va's own, by which it knows octets again that it verified. */
  readonly octetsKey: Uint8Array;
  readonly journal: StatusJournal;
  readonly alarms: Alarms;
  readonly log: Log;
  readonly now: () => Date;
  readonly onChanged: (entry: StatusEntry) => void;
  readonly onLag: (milliseconds: number) => void;
}

/** Everything that is known: who is trusted, what was revoked, which certificates are genuine. Put together once. */
export class StatusSide {
  readonly authority: AuthorityFollower;
  readonly table: StatusTable;
  readonly memory: StatusMemory;
  readonly shelf = new CrlShelf();
  readonly examined: ExaminedOctets;
  readonly listing: DirectoryListing;
  readonly directory: DirectoryIndex;
  readonly crls: CrlKeeper;
  readonly archive: CrlArchive;
  readonly history: StatusHistory;
  readonly keeper: StatusKeeper;
  readonly feed: StatusFeed;
  readonly examiner: Examiner;
  readonly #deps: StatusSideDeps;
  readonly #files: CaFiles;
  /** The CRL of each list that was taken last. */
  readonly #taken = new Map<string, ShelvedCrl>();
  #trusted: { readonly cas: TrustedCas; readonly index: IssuerIndex; readonly ids: ReadonlySet<string> } | undefined;
  #lookedAgain: Promise<void> | undefined;
  #resumed: Promise<void> | undefined;
  /** Whether every certificate and its status was loaded. */
  loaded = false;

  constructor(deps: StatusSideDeps) {
    this.#deps = deps;
    const { db, now, log, alarms, onChanged, onLag } = deps;
    this.authority = new AuthorityFollower(db, Uint8Array.fromHex(deps.instance.anchor));
    this.listing = new DirectoryListing({
      read: (ids) => readDirectoryRules(db, ids),
      onError: (error) => log('warn', 'what the directory offers could not be read', { error }),
    });
    this.examined = new ExaminedOctets(deps.octetsKey);
    this.#files = new CaFiles(join(deps.stateDir, 'ca'));
    this.table = new StatusTable({
      onChanged,
      onAdded: (entry) => {
        this.examiner.enqueue(entry);
        // Answers said less of a serial number that was not recorded.
        onChanged(entry);
      },
    });
    const onForged = (entry: StatusEntry) =>
      alarms.raise('status.forged', objectOf(entry), { certificateId: entry.id ?? null });
    this.directory = new DirectoryIndex({
      table: this.table,
      examined: this.examined,
      listing: this.listing,
      octetsOf: (ids) => readCertificateOctets(db, ids),
      onDamaged: onForged,
    });
    const memory = new StatusMemory(this.table, deps.journal);
    this.memory = memory;
    const onRefused = (crl: string, error: unknown) =>
      alarms.raise('status.crl-refused', { type: 'crl', id: crl }, { message: (error as Error).message });
    this.crls = new CrlKeeper({
      shelf: this.shelf,
      memory,
      now,
      folder: deps.stateDir,
      vaUrl: () => this.verified?.configuration.vaUrl,
      onRefused,
      onDiskError: (error) => log('error', 'a CRL could not be kept on the disk', { error }),
    });
    const { authority, table, shelf } = this;
    this.archive = new CrlArchive({ db, shelf, keeper: this.crls, onRefused });
    this.history = new StatusHistory({ db, authority, table, memory, shelf, now, archive: this.archive });
    const cas = () => this.#trusted?.ids ?? NO_CAS;
    this.keeper = new StatusKeeper({
      db,
      memory,
      cas,
      authority: this.authority,
      table: this.table,
      listed: (ca, serial) => this.shelf.listed(ca, serial),
      fullList: (ca, serial) => this.shelf.viewOf(ca, serial),
      onJournalError: (error) => log('error', 'the status journal could not be written', { error }),
      onVanished: (entry) => alarms.raise('status.vanished', objectOf(entry), { status: entry.status.kind }),
    });
    this.feed = new StatusFeed({ db, now, cas, onLag, table: this.table, keeper: this.keeper });
    this.examiner = new Examiner({
      octetsOf: (ids) => readCertificateOctets(db, ids),
      onForged,
      table: this.table,
      examined: this.examined,
      caOf: (id) => this.#trusted && trustedCa(this.#trusted.cas, id),
      onGenuine: (entry, certificate) => this.directory.add(entry, certificate),
      onError: (error) => log('warn', 'certificates could not be examined', { error }),
    });
  }

  /** The authority as far as it was read; undefined before. */
  get verified(): Authority | undefined {
    try {
      return this.authority.current;
    } catch (error) {
      if (error instanceof RefusedError) return undefined;
      throw error;
    }
  }

  /** The CRLs that a CA is to publish: the full one, and others as the verified configuration says. */
  planned(ca: string): CrlScope[] {
    const { configuration } = this.verified ?? {};
    return configuration ? publishedScopes(configuration.status, ca) : ['full'];
  }

  get cas(): TrustedCas | undefined {
    return this.#trusted?.cas;
  }

  get issuers(): IssuerIndex | undefined {
    return this.#trusted?.index;
  }

  /** Takes the CA certificates that the disk has. */
  async restoreTrust(): Promise<void> {
    const stored = this.#files.read();
    if (stored.length > 0) await this.trust(stored);
  }

  /** Takes what journal and CRLs on the disk say is revoked, on top of a snapshot where there is one. */
  async restore(): Promise<void> {
    this.memory.replay();
    for (const ca of this.#all()) await this.crls.restore(ca);
    for (const crl of this.#issuing()) await this.keeper.reconcile(this.#newsOf(crl), false);
  }

  /** Takes CA certificates that descend from the instance's root; throws CaTrustError without it. */
  async trust(stored: readonly { readonly id: string; readonly certificate: Uint8Array }[]): Promise<void> {
    const { cas, refused } = await verifyCas(stored, this.#deps.instance.rootFingerprint);
    for (const fault of refused)
      this.#deps.alarms.raise('status.ca-refused', { type: 'ca', id: fault.ca }, { message: fault.message });
    if (this.#trusted && sameCas(this.#trusted.cas, cas)) return;
    this.#trusted = { cas, index: new IssuerIndex(cas), ids: new Set(cas.issuing.keys()) };
    this.#files.write(cas);
    for (const ca of this.#all()) this.directory.addCa(ca.id, ca.certificate);
  }

  /**
   * Brings everything up to the database, and begins to examine. Where a snapshot was taken up, that is what came since;
   * else all of it.
   */
  async load(): Promise<void> {
    const goesOn = this.feed.position !== undefined;
    if (!goesOn) await this.feed.start();
    await this.refreshCrls(false);
    if (goesOn) await this.feed.issued(NOTHING);
    const evaluated = goesOn ? new Set<number>() : await this.keeper.loadAll();
    await this.feed.revocations(NOTHING);
    for (const crl of this.#issuing()) await this.#take(crl);
    this.loaded = true;
    this.examiner.start();
    this.#resumed = goesOn ? this.directory.resume() : undefined;
    this.#lookedAgain = this.keeper.reconcile(this.memory.standings(), true, (id) => evaluated.has(id));
    this.#lookedAgain.catch((error: unknown) =>
      this.#deps.log('warn', 'what is revoked was not compared with the database', { error }),
    );
  }

  /** Ends what goes on in the background. */
  async close(): Promise<void> {
    await this.examiner.close();
    await this.#resumed;
    await this.listing.close();
    await this.#lookedAgain?.catch(() => undefined);
  }

  /** Takes newer CRLs, and what they say that was not known. */
  async refreshCrls(apply = true): Promise<void> {
    for (const ca of this.#all()) await this.crls.refresh(this.#deps.db, ca);
    if (!apply) return;
    for (const crl of this.#issuing()) await this.#take(crl);
    await this.memory.settle();
  }

  async #take(crl: ShelvedCrl): Promise<void> {
    const list = crlList(crl.ca, crl.scope);
    const before = this.#taken.get(list);
    if (before === crl) return;
    await this.keeper.reconcile(this.#newsOf(crl, before), true);
    this.#taken.set(list, crl);
  }

  /** What a CRL says that the one before did not say, but for what certificates have as their status already. */
  async *#newsOf(crl: ShelvedCrl, before?: ShelvedCrl): AsyncGenerator<RememberedSerial[]> {
    const { ca } = crl;
    const isKnown: IsKnown = (serial, at, length, kind) => this.table.isSettled(ca, serial, at, length, kind);
    for await (const page of crl.entries.news(before?.entries, isKnown)) yield page.map((one) => ({ ca, ...one }));
  }

  #issuing(): ShelvedCrl[] {
    return [...this.shelf.all()].filter((crl) => crl.ca !== 'root');
  }

  #all() {
    return this.#trusted ? [this.#trusted.cas.root, ...this.#trusted.cas.issuing.values()] : [];
  }
}

const NOTHING: Wake = { hints: [], sweep: true };
const NO_CAS: ReadonlySet<string> = new Set();

function objectOf(entry: StatusEntry): { type: string; id: string } {
  return { type: 'certificate', id: `${entry.ca}:${entry.serial}` };
}

function sameCas(one: TrustedCas, other: TrustedCas): boolean {
  return (
    one.issuing.size === other.issuing.size &&
    [...one.issuing.values()].every((ca) => {
      const same = other.issuing.get(ca.id);
      return same !== undefined && Buffer.from(same.certificate.der).equals(ca.certificate.der);
    })
  );
}
