import { join } from 'node:path';
import { beat, FolderLock, openDatabase } from '@see/db/service';
import { Metrics } from '@see/http/metrics';
import { SealedStore } from '@see/keys';
import type { Instance, Log } from '@see/process';
import { OcspHandler } from './http/ocsp-handler.ts';
import { type ServerLimits, VaServer } from './http/va-server.ts';
import type { ResponderLimits } from './ocsp/ocsp-responder.ts';
import type { SharedAnswers } from './ocsp/shared-answers.ts';
import { VaIdentity } from './ocsp/va-identity.ts';
import { LogTree } from './pages/log-tree.ts';
import { Alarms } from './run/alarms.ts';
import { DatabaseFollower } from './run/follow-database.ts';
import { observe } from './run/observe.ts';
import { buildOcspSide } from './run/ocsp-side.ts';
import { SnapshotKeeper } from './run/snapshot-keeper.ts';
import { StatusSide } from './run/status-side.ts';
import { NO_TRACE, type Trace } from './run/trace.ts';
import { vaPages } from './run/va-pages.ts';
import type { StatusEntry } from './status/status-entry.ts';
import { StatusJournal } from './status/status-journal.ts';

export interface VaOptions {
  readonly instance: Instance;
  readonly stateDir: string;
  readonly databaseUrl: string;
  readonly passphrase: Uint8Array;
  readonly log: Log;
  readonly closing: AbortSignal;
  /** Called for what the service cannot go on after. */
  readonly fail: (error: unknown) => void;
  readonly now?: () => Date;
  /** Where spans go; none without. */
  readonly trace?: Trace;
  readonly limits?: { readonly server?: Partial<ServerLimits>; readonly responder?: Partial<ResponderLimits> };
}

export interface RunningVa {
  readonly port: number;
  /** Resolves when everything is loaded. */
  readonly loaded: Promise<void>;
  close(): Promise<void>;
}

const BEAT_MS = 5_000;
const CLOSE_PATIENCE_MS = 5_000;
/** One that was stopped just now may still write its snapshot. */
const LOCK_PATIENCE_MS = 3_000;

/**
 * Starts the validation authority. It listens at once and answers from what the disk remembers; `loaded` tells when the
 * database was read. The state folder holds the sealed store, the status journal, the CA certificates and the last CRLs; it
 * is one va's alone. Rejects when another one has it.
 */
export async function startVa(options: VaOptions): Promise<RunningVa> {
  const { instance, stateDir, databaseUrl, closing, log } = options;
  const now = options.now ?? (() => new Date());
  const trace = options.trace ?? NO_TRACE;
  const store = SealedStore.open(stateDir, options.passphrase);
  const identity = VaIdentity.open(store);
  const lock = await FolderLock.wait(join(stateDir, 'va.lock'), LOCK_PATIENCE_MS);
  if (!lock) throw new Error(`${stateDir} is in use by another va; each needs a folder of its own`);
  const journal = await StatusJournal.open(join(stateDir, 'status.journal'));
  const onLost = (error: Error) => log('warn', 'a database connection was lost', { error });
  const db = openDatabase(databaseUrl, { applicationName: 'see va', max: 8, onLost });
  const alarms = new Alarms(db, log);
  if (journal.condition.damaged > 0)
    alarms.raise('status.journal-damaged', { type: 'journal', id: 'va' }, { lines: journal.condition.damaged });

  const lag = new StatusLag();
  const status = new StatusSide({
    db,
    instance,
    stateDir,
    octetsKey: store.mac('certificate-octets', new Uint8Array(0)),
    journal,
    alarms,
    log,
    now,
    onChanged: (entry) => invalidate(answers, entry),
    onLag: (milliseconds) => lag.note(milliseconds),
  });
  const limits = options.limits?.responder ?? {};
  const side = buildOcspSide({ db, instance, store, identity, status, log, now, limits, trace });
  const { keyring, responder, cache, signatures, times } = side;
  const answers: SharedAnswers = side.answers;
  const logTree = new LogTree();
  const follower = new DatabaseFollower({ db, databaseUrl, status, keyring, logTree, log, closing, trace });
  const metrics = new Metrics();
  const counts = observe(metrics, {
    status,
    journal,
    keyring,
    responder,
    cache,
    signatures,
    times,
    alarms,
    follower,
    lag,
    now,
  });
  const ocsp = new OcspHandler({
    responder,
    now,
    isClosing: () => server.closing,
    onAnswered: counts.answered,
    onError: (error) => log('error', 'an OCSP request could not be answered', { error }),
  });
  const server: VaServer = new VaServer({
    log,
    ocsp: (request, response) => ocsp.handle(request, response),
    onSent: counts.sent,
    pages: vaPages({ db, instance, identity, status, keyring, logTree, follower, metrics, log, now }),
    limits: options.limits?.server ?? {},
  });

  const snapshots = new SnapshotKeeper({ instance, stateDir, store, status, journal, log, trace, ...side });
  await snapshots
    .restore()
    .catch((error: unknown) => log('error', 'what the disk remembers could not be used', { error }));
  snapshots.start();
  side.presigner.start();
  const port = await server.listen(instance.ports.va);
  const since = now();
  const loaded = follower.start();
  loaded.catch(options.fail);
  const beats = setInterval(() => {
    const detail = { certificates: status.table.size, alarms: alarms.count, listening: follower.listening };
    beat(db, 'va', process.pid, since, detail).catch(() => undefined);
  }, BEAT_MS);
  return {
    port,
    loaded,
    close: async () => {
      clearInterval(beats);
      await server.close(CLOSE_PATIENCE_MS);
      await follower.close();
      await loaded.catch(() => undefined);
      await side.presigner.close();
      await status.close();
      await snapshots.close();
      await journal.close().catch((error: unknown) => log('error', 'the status journal was not written', { error }));
      await db.destroy();
      await trace.close();
      lock.release();
    },
  };
}

function invalidate(answers: SharedAnswers, entry: StatusEntry): void {
  // Answers that a revoked delegate has signed are worth nothing.
  if (entry.profileId === 'ocsp-responder' && entry.status.kind !== 'good') answers.clear();
  answers.drop(entry);
}

/** Milliseconds from a revocation, dated to the second, to its place in memory. */
class StatusLag {
  last = 0;
  most = 0;

  note(milliseconds: number): void {
    this.last = milliseconds;
    this.most = Math.max(this.most, milliseconds);
  }
}
