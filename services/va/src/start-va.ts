import { join } from 'node:path';
import { beat, openDatabase } from '@see/db';
import { readCertificateOctets } from '@see/db/va';
import { type Authority, RefusedError } from '@see/domain';
import { SealedStore } from '@see/keys';
import type { Instance, Log } from '@see/process';
import { OcspHandler } from './http/ocsp-handler.ts';
import { type ServerLimits, VaServer } from './http/va-server.ts';
import { AnswerCache } from './ocsp/answer-cache.ts';
import { CertificateLookup } from './ocsp/certificate-lookup.ts';
import { DelegateKeyring } from './ocsp/delegate-keyring.ts';
import { DelegateStore } from './ocsp/delegate-store.ts';
import { OcspResponder, type ResponderLimits } from './ocsp/ocsp-responder.ts';
import { VaIdentity } from './ocsp/va-identity.ts';
import { readAgencyDates } from './pages/agency-dates.ts';
import { caPage } from './pages/ca-page.ts';
import { crlPage } from './pages/crl-page.ts';
import { directoryPage } from './pages/directory-page.ts';
import { healthPage } from './pages/health-page.ts';
import { logPage } from './pages/log-page.ts';
import { LogTree } from './pages/log-tree.ts';
import { memberList } from './pages/member-list.ts';
import { membersPage } from './pages/members-page.ts';
import { policyPage } from './pages/policy-page.ts';
import { Alarms } from './run/alarms.ts';
import { DatabaseFollower } from './run/follow-database.ts';
import { Metrics } from './run/metrics.ts';
import { observe } from './run/observe.ts';
import { readiness } from './run/readiness.ts';
import { StatusSide } from './run/status-side.ts';
import { StatusMemory } from './status/status-memory.ts';

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
  readonly limits?: { readonly server?: Partial<ServerLimits>; readonly responder?: Partial<ResponderLimits> };
}

export interface RunningVa {
  readonly port: number;
  /** Resolves when everything is loaded. */
  readonly loaded: Promise<void>;
  close(): Promise<void>;
}

/** Certificates whose signed answers are kept; about 1.5 KiB each. */
const MOST_ANSWERS = 50_000;
const BEAT_MS = 5_000;
/** The database's time to answer about a serial number that is not in memory. */
const PATIENCE_MS = 500;
const CLOSE_PATIENCE_MS = 5_000;

/**
 * Starts the validation authority. It listens at once and answers from what the disk remembers; `loaded` tells when the
 * database was read. The state folder holds the sealed store, the status journal, the CA certificates and the last CRLs.
 */
export async function startVa(options: VaOptions): Promise<RunningVa> {
  const { instance, stateDir, log } = options;
  const now = options.now ?? (() => new Date());
  const store = SealedStore.open(stateDir, options.passphrase);
  const identity = VaIdentity.open(store);
  const memory = await StatusMemory.open(join(stateDir, 'status.journal'));
  const db = openDatabase(options.databaseUrl, {
    applicationName: 'see va',
    max: 8,
    onLost: (error) => log('warn', 'a database connection was lost', { error }),
  });
  const alarms = new Alarms(db, log);
  if (memory.condition.damaged > 0)
    alarms.raise('status.journal-damaged', { type: 'journal', id: 'va' }, { lines: memory.condition.damaged });

  const cache = new AnswerCache(MOST_ANSWERS);
  const metrics = new Metrics();
  const lag = { last: 0, most: 0 };
  const status = new StatusSide({
    db,
    instance,
    stateDir,
    memory,
    alarms,
    log,
    now,
    onChanged: (entry) => {
      // Answers that a revoked delegate has signed are worth nothing.
      if (entry.profileId === 'ocsp-responder' && entry.status.kind !== 'good') cache.clear();
      cache.invalidate(entry.ca, entry.serial);
    },
    onLag: (milliseconds) => {
      lag.last = milliseconds;
      lag.most = Math.max(lag.most, milliseconds);
    },
  });
  const keyring = new DelegateKeyring({
    db,
    identity,
    log,
    now,
    store: new DelegateStore(store),
    instance: instance.instance,
    isRevoked: (ca, serial) => (status.table.find(ca, serial)?.status.kind ?? 'good') !== 'good',
  });
  const lookup = new CertificateLookup({
    table: status.table,
    keeper: status.keeper,
    examiner: status.examiner,
    isLoaded: () => status.loaded,
    patience: PATIENCE_MS,
    onError: (error) => log('warn', 'a certificate could not be looked up', { error }),
  });
  const responder = new OcspResponder({
    lookup,
    cache,
    now,
    issuers: () => status.issuers,
    delegateOf: (ca) => keyring.active(ca),
    onError: (error) => log('error', 'an OCSP answer could not be made', { error }),
    ...(options.limits?.responder ? { limits: options.limits.responder } : {}),
  });
  const logTree = new LogTree();
  const follower = new DatabaseFollower({
    db,
    status,
    keyring,
    logTree,
    log,
    databaseUrl: options.databaseUrl,
    closing: options.closing,
  });
  const authority = (): Authority | undefined => {
    try {
      return status.authority.current;
    } catch (error) {
      if (error instanceof RefusedError) return undefined;
      throw error;
    }
  };
  const counts = observe(metrics, { status, keyring, responder, cache, alarms, follower, lag, now });
  const makeMemberList = async () => {
    const current = authority();
    if (!current || !status.loaded) return undefined;
    const dates = await readAgencyDates(db, current);
    const at = now();
    const json = memberList(instance.instance, current.agencies.values(), (id) => dates?.get(id), status.directory, at);
    return { json, jws: identity.signDocument('see-members+jws', json) };
  };
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
    pages: [
      crlPage(status.shelf, now, (id) => id === 'root' || (status.cas?.issuing.has(id) ?? false)),
      caPage(() => status.cas),
      directoryPage({
        now,
        index: status.directory,
        shelf: status.shelf,
        trusted: () => status.cas,
        isComplete: () => status.loaded && status.examiner.backlog === 0,
        octetsOf: (ids) => readCertificateOctets(db, ids),
      }),
      membersPage(makeMemberList, now),
      policyPage(authority, () => status.cas),
      logPage(logTree),
      healthPage(
        () =>
          readiness(
            {
              loaded: status.loaded,
              listening: follower.listening,
              cas: [...(status.cas?.issuing.keys() ?? [])],
              hasDelegate: (ca) => keyring.active(ca) !== undefined,
              crlUntil: (ca) => status.shelf.get(ca)?.nextUpdate,
              unexamined: status.examiner.backlog,
            },
            now(),
          ),
        metrics,
      ),
    ],
    ...(options.limits?.server ? { limits: options.limits.server } : {}),
  });

  await status
    .restore()
    .then(() => (status.cas ? keyring.restore(status.cas) : undefined))
    .catch((error: unknown) => log('error', 'what the disk remembers could not be used', { error }));
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
      await status.examiner.close();
      await memory
        .close()
        .catch((error: unknown) => log('error', 'the status journal could not be written', { error }));
      await db.destroy();
    },
  };
}
