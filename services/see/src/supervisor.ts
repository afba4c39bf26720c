import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type FolderLock,
  type InstanceLock,
  identifyProcess,
  isRunning,
  type ProcessIdentity,
  type ServiceName,
  takeInstanceLock,
} from '@see/db';
import {
  type Configuration,
  type Instance,
  type Layout,
  type Phase,
  reachableCheckout,
  removeProcessRecord,
  serviceEnvironment,
  writeProcessRecord,
} from '@see/process';
import { type InstanceDatabase, openInstanceDatabase } from './instance-database.ts';
import type { Passphrase } from './passphrases.ts';
import { ServiceProcess } from './service-process.ts';

/** A service and its entry file. */
export interface ServiceEntry {
  readonly name: ServiceName;
  readonly main: string;
}

/** What a supervisor works with. */
export interface SupervisorOptions {
  readonly configuration: Configuration;
  readonly layout: Layout;
  /** Held for as long as the supervisor lives; given back by {@link Supervisor.stop}. */
  readonly folderLock: FolderLock;
  readonly services: readonly ServiceEntry[];
  readonly say: (message: string) => void;
}

/** Another session holds the lock of this instance. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
  readonly code = 'already-running';
}

/** How long a lock without a living holder is waited for: PostgreSQL on another machine may be slow to notice that we died. */
const LINGERING_MS = 30_000;
const MAX_RECOVERY_WAIT_MS = 10_000;

/**
 * Runs one instance: the database, the lock that says that we do, the services. What ends is started again; when the database dies it is started again and the
 * services, which connect anew by themselves, go on.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #self: ProcessIdentity & { readonly since: string };
  readonly #services = new Map<ServiceName, ServiceProcess>();
  readonly #fatal = Promise.withResolvers<never>();
  #database: InstanceDatabase | undefined;
  #lock: InstanceLock | undefined;
  #opening: Promise<InstanceDatabase> | undefined;
  #recovery: Promise<void> | undefined;
  #phase: Phase = 'starting';
  #orphaned = false;

  constructor(options: SupervisorOptions) {
    const identity = identifyProcess(process.pid);
    if (!identity) throw new Error('this process is not to be found in the process table');
    this.#options = options;
    this.#self = { ...identity, since: new Date().toISOString() };
    this.#fatal.promise.catch(() => undefined);
    this.#record();
  }

  /** Rejects when the instance cannot go on, as when another supervisor has taken the lock. */
  get fatal(): Promise<never> {
    return this.#fatal.promise;
  }

  /** Makes the database available and takes the instance's lock. Throws {@link AlreadyRunningError}. */
  async openDatabase(): Promise<InstanceDatabase> {
    const opening = this.#open();
    this.#opening = opening;
    return opening;
  }

  /** Starts every service and returns when all are ready. Throws when one cannot start. */
  async startServices(instance: Instance, passphrases: ReadonlyMap<ServiceName, Passphrase>): Promise<void> {
    const database = this.#database;
    if (!database) throw new Error('the database is opened first');
    const { layout, services, say } = this.#options;
    if (this.#phase === 'stopping') return;
    const reachable = reachableCheckout(join(import.meta.dirname, '../../..'));
    for (const { name, main } of services) {
      const passphrase = passphrases.get(name);
      const typed = passphrase && 'typed' in passphrase ? passphrase.typed : undefined;
      const environment = serviceEnvironment(
        {
          service: name,
          instance,
          layout,
          databaseUrl: database.serviceUrl(name),
          signIn: this.#options.configuration.signIn,
          ...(passphrase && { passphrase: 'file' in passphrase ? { file: passphrase.file } : 'pipe' }),
        },
        process.env,
      );
      const service = new ServiceProcess({
        name,
        node: reachable(process.execPath),
        main: reachable(main),
        environment,
        ...(typed && { passphrase: typed }),
        logFile: join(layout.logsDir, `${name}.log`),
        onChange: () => this.#record(),
        say,
      });
      this.#services.set(name, service);
      service.start();
    }
    await Promise.race([Promise.all([...this.#services.values()].map((service) => service.whenReady)), this.fatal]);
    if (this.#phase === 'starting') this.#phase = 'running';
    this.#record();
  }

  async #open(): Promise<InstanceDatabase> {
    const { folderLock, layout, configuration, say } = this.#options;
    const database = await openInstanceDatabase(folderLock, layout, configuration, say);
    await this.#takeLock(database);
    this.#database = database;
    return database;
  }

  /** Tells others, through the lock, that whoever started us is gone. */
  async markOrphaned(): Promise<void> {
    this.#orphaned = true;
    await this.#lock?.markOrphaned().catch(() => undefined);
  }

  /** Ends everything in order: the faces, then what works behind them, the signer, and PostgreSQL last. Doing so twice is harmless. */
  async stop(): Promise<void> {
    if (this.#phase === 'stopping') return;
    this.#phase = 'stopping';
    this.#record();
    await this.#opening?.catch(() => undefined);
    await this.#recovery?.catch(() => undefined);
    for (const group of STOP_ORDER) {
      await Promise.all(group.map(async (name) => this.#services.get(name)?.stop()));
    }
    await this.#lock?.release();
    await this.#database?.embedded?.stop();
    removeProcessRecord(this.#options.layout);
    this.#options.folderLock.release();
  }

  /** The session of a supervisor that was killed may outlive it for a moment; a living holder is respected at once. */
  async #takeLock(database: InstanceDatabase): Promise<void> {
    const deadline = performance.now() + LINGERING_MS;
    for (;;) {
      const answer = await takeInstanceLock(database.ownerUrl, database.lockKey, this.#self, (error) =>
        this.#lost(error),
      );
      if ('lock' in answer) {
        this.#lock = answer.lock;
        break;
      }
      const { heldBy } = answer;
      if ((heldBy && isRunning(heldBy)) || performance.now() > deadline) {
        throw new AlreadyRunningError(`already running${heldBy ? `, since ${heldBy.since}, pid ${heldBy.pid}` : ''}`);
      }
      await delay(100);
    }
    if (this.#orphaned) await this.#lock.markOrphaned();
  }

  #lost(error: Error): void {
    this.#lock = undefined;
    if (this.#phase === 'stopping') return;
    this.#options.say(`The connection to the database was lost (${error.message}); recovering`);
    this.#recovery ??= this.#recover()
      .catch((fatal: unknown) => this.#fatal.reject(fatal))
      .finally(() => {
        this.#recovery = undefined;
      });
  }

  /** Tries for ever, because nothing that was acknowledged is lost while the database is away and an operator may make room on the disk. */
  async #recover(): Promise<void> {
    for (let wait = 100; this.#phase !== 'stopping'; wait = Math.min(wait * 2, MAX_RECOVERY_WAIT_MS)) {
      try {
        await this.#open();
        this.#options.say('The database is back');
        return;
      } catch (error) {
        if (error instanceof AlreadyRunningError) throw error;
        this.#options.say(`The database is not back yet: ${error instanceof Error ? error.message : String(error)}`);
      }
      await delay(wait);
    }
  }

  /** The record is a hint: that it cannot be written, as on a full disk, is no reason to end what runs. */
  #record(): void {
    const services = Object.fromEntries(
      [...this.#services.values()].flatMap((service) => (service.record ? [[service.name, service.record]] : [])),
    );
    try {
      writeProcessRecord(this.#options.layout, { v: 1, phase: this.#phase, supervisor: this.#self, services });
    } catch (error) {
      this.#options.say(
        `What runs could not be written down: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

const STOP_ORDER: readonly (readonly ServiceName[])[] = [['ra', 'desk'], ['worker'], ['va'], ['signer']];
