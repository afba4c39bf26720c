import { join } from 'node:path';
import type { SealedStore } from '@see/keys';
import type { Instance, Log } from '@see/process';
import type { DelegateKeyring } from '../ocsp/delegate-keyring.ts';
import type { SignatureTable } from '../ocsp/signature-table.ts';
import type { StatusJournal } from '../status/status-journal.ts';
import { readSnapshot, type Snapshot, type SnapshotHead, writeSnapshot } from '../status/status-snapshot.ts';
import type { StatusSide } from './status-side.ts';
import type { Trace } from './trace.ts';

export interface SnapshotKeeperDeps {
  readonly instance: Instance;
  readonly stateDir: string;
  readonly store: SealedStore;
  readonly status: StatusSide;
  readonly journal: StatusJournal;
  readonly keyring: DelegateKeyring;
  readonly signatures: SignatureTable;
  /** How long answers are valid, in milliseconds. */
  readonly validity: number;
  readonly log: Log;
  readonly trace: Trace;
}

const EVERY_MS = 1_800_000;
/** A journal of so many lines is reason enough. */
const MOST_LINES = 20_000;
/** One that failed is not tried again at once. */
const AGAIN_MS = 60_000;
const LOOK_EVERY_MS = 10_000;

/**
 * Keeps all that is known in one file beside the journal, so that a start takes it up in one reading and neither asks
 * the database for everything nor verifies and signs everything anew. Written at the end, every half hour, and when the
 * journal has grown long.
 */
export class SnapshotKeeper {
  readonly #deps: SnapshotKeeperDeps;
  readonly #path: string;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #writtenAt = performance.now();

  constructor(deps: SnapshotKeeperDeps) {
    this.#deps = deps;
    this.#path = join(deps.stateDir, 'status.snapshot');
  }

  /** Starts from the disk alone: CA certificates, the sealed responder keys, the snapshot, then journal and CRLs. */
  async restore(): Promise<void> {
    const { status, keyring } = this.#deps;
    await status.restoreTrust();
    if (status.cas) await keyring.restore(status.cas);
    const snapshot = this.#read();
    // The signatures first: what is learned from then on drops those that no longer hold.
    if (snapshot) this.#take(snapshot);
    await status.restore();
  }

  /** Begins to write from time to time. */
  start(): void {
    this.#timer = setInterval(() => {
      const since = performance.now() - this.#writtenAt;
      const isLong = this.#deps.journal.lines >= MOST_LINES && since >= AGAIN_MS;
      if (since >= EVERY_MS || isLong) void this.write();
    }, LOOK_EVERY_MS);
  }

  /** Writes a snapshot now. Never rejects: without one the journal goes on growing, and that is said. */
  write(): Promise<void> {
    this.#writing ??= this.#deps.trace
      .of('snapshot.write', {}, () => this.#write())
      .catch((error: unknown) => {
        this.#deps.journal.giveUp();
        this.#deps.log('error', 'the status snapshot could not be written', { error });
      })
      .finally(() => {
        this.#writing = undefined;
        this.#writtenAt = performance.now();
      });
    return this.#writing;
  }

  /** Writes a last one. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.write();
  }

  async #write(): Promise<void> {
    const { status, signatures, journal } = this.#deps;
    const head = this.#head();
    // Nothing was read yet: what the disk has is better.
    if (!head) return;
    journal.begin();
    await writeSnapshot(
      this.#path,
      head,
      {
        rows: status.table.rows,
        columns: () => [status.examined.rows, ...signatures.rows],
        runs: () => status.directory.runs,
      },
      (digest) => this.#mac(digest),
    );
    await journal.finish();
  }

  #head(): SnapshotHead | undefined {
    const { instance, status, signatures, validity } = this.#deps;
    const feed = status.feed.position;
    if (!feed || !status.loaded) return undefined;
    return {
      v: 2,
      instance: instance.instance,
      table: status.table.key,
      columns: [status.examined.rows, ...signatures.rows].map(({ rowBytes }) => rowBytes),
      signatures: signatures.keys,
      memory: status.memory.kept,
      uncounted: [...status.keeper.uncounted],
      feed,
      validity,
    };
  }

  #read(): Snapshot | undefined {
    try {
      return readSnapshot(this.#path, this.#deps.instance.instance, (digest) => this.#mac(digest));
    } catch (error) {
      this.#deps.log('error', 'the status snapshot is not used; everything is read anew', { error });
      return undefined;
    }
  }

  #take({ head, rows, columns, runs }: Snapshot): void {
    const { status, validity, keyring } = this.#deps;
    const [examined, ...signatures] = columns;
    status.table.restore(head.table, rows);
    if (examined) status.examined.restore(examined);
    status.directory.restore(runs);
    status.memory.restore(head.memory);
    status.keeper.restore(head.uncounted);
    status.feed.resume(head.feed);
    if (head.validity !== validity) return;
    const { size } = head.table;
    this.#deps.signatures.restore(head.signatures, signatures, size, (der) => keyring.withCertificate(der));
  }

  #mac(digest: Uint8Array): Uint8Array {
    return this.#deps.store.mac('status-snapshot', digest);
  }
}
