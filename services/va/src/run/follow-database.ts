import {
  assertServiceLogin,
  type Database,
  type ListenHub,
  ServiceLoginError,
  startListening,
  type Wake,
} from '@see/db/service';
import { readCaCertificates } from '@see/db/va';
import type { Log } from '@see/process';
import type { DelegateKeyring } from '../ocsp/delegate-keyring.ts';
import type { LogTree } from '../pages/log-tree.ts';
import type { StatusSide } from './status-side.ts';
import type { Trace } from './trace.ts';

export interface FollowDeps {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly status: StatusSide;
  readonly keyring: DelegateKeyring;
  readonly logTree: LogTree;
  readonly log: Log;
  readonly closing: AbortSignal;
  readonly trace: Trace;
}

const RETRY_MS = 1_000;
const NOTHING: Wake = { hints: [], sweep: true };

/** What follows the database: loads once, then keeps up by hints and sweeps. Survives the database, not a login that is too strong. */
export class DatabaseFollower {
  readonly #deps: FollowDeps;
  #hub: ListenHub | undefined;
  #complaint = '';

  constructor(deps: FollowDeps) {
    this.#deps = deps;
  }

  /** Whether notifications arrive now. */
  get listening(): boolean {
    return this.#hub?.connected ?? false;
  }

  /** Loads everything; tries again until it succeeds or the service closes. Throws ServiceLoginError. */
  async start(): Promise<void> {
    const { log, closing, trace } = this.#deps;
    while (!closing.aborted) {
      try {
        await trace.of('status.load', {}, () => this.#load());
        return;
      } catch (error) {
        await this.#hub?.close();
        this.#hub = undefined;
        if (error instanceof ServiceLoginError) throw error;
        this.#complain('loading from the database failed; answers come from what is remembered', error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    log('info', 'closed before the certificates were loaded');
  }

  async close(): Promise<void> {
    await this.#hub?.close();
  }

  async #load(): Promise<void> {
    const { db, status, keyring, log } = this.#deps;
    await assertServiceLogin(db, 'va');
    await status.authority.refresh();
    await status.trust(await readCaCertificates(db));
    if (status.cas) await keyring.restore(status.cas);
    this.#hub = await this.#listen();
    await status.load();
    // Hints that came meanwhile found nothing to do; this looks for all of them.
    await this.#revocations(NOTHING);
    await this.#issued(NOTHING);
    await this.#crls();
    await this.#auditLog().catch((error: unknown) => this.#complain('the audit log does not verify', error));
    log('info', 'loaded', { certificates: status.table.size, authority: status.authority.current.headSeq });
  }

  #listen(): Promise<ListenHub> {
    const { databaseUrl, status, trace } = this.#deps;
    const once = (name: string, work: (wake: Wake) => Promise<void>) => async (wake: Wake) => {
      if (status.loaded) await trace.of(name, { hints: wake.hints.length }, () => work(wake));
    };
    return startListening(databaseUrl, {
      applicationName: 'see va listen',
      listeners: {
        see_chain: once('chain.follow', () => this.#chain()),
        see_issued: once('status.issued', (wake) => this.#issued(wake)),
        see_revocations: once('status.revocations', (wake) => this.#revocations(wake)),
        see_confirmations: once('directory.refresh', () => this.#deps.status.listing.refresh()),
        see_crls: once('crl.take', () => this.#crls()),
        see_ocsp_keys: once('responder-keys.tend', () => this.#keys()),
        see_audit: once('log.follow', () => this.#auditLog()),
      },
      onError: (error, where) => this.#complain(`following the database failed: ${where}`, error),
    });
  }

  async #chain(): Promise<void> {
    const { db, status } = this.#deps;
    const before = status.authority.current.headSeq;
    const { headSeq } = await status.authority.refresh();
    const stored = await readCaCertificates(db);
    if (stored.length !== (status.cas?.issuing.size ?? 0) + 1) await status.trust(stored);
    if (headSeq === before) return;
    await status.keeper.evaluate([...status.keeper.uncounted]);
    // The configuration may name another kind of responder key.
    await this.#keys();
  }

  async #revocations(wake: Wake): Promise<void> {
    const { status } = this.#deps;
    // Statements may be signed by operators who were registered just now. A chain that does not hold must not keep
    // revocations away.
    await status.authority
      .refresh()
      .catch((error: unknown) => this.#complain('the authority chain does not hold', error));
    await status.feed.revocations(wake);
  }

  async #issued(wake: Wake): Promise<void> {
    await this.#deps.status.feed.issued(wake);
    await this.#keys();
  }

  async #crls(): Promise<void> {
    await this.#deps.status.refreshCrls();
  }

  async #keys(): Promise<void> {
    const { status, keyring } = this.#deps;
    if (status.cas) await keyring.tend(status.cas, status.authority.current);
  }

  async #auditLog(): Promise<void> {
    const { db, status, logTree } = this.#deps;
    await logTree.refresh(db, status.authority.current);
  }

  /** The same trouble at every sweep is one line. */
  #complain(message: string, error: unknown): void {
    const complaint = `${message} ${(error as Error).message}`;
    if (complaint === this.#complaint) return;
    this.#complaint = complaint;
    this.#deps.log('warn', message, { error });
  }
}
