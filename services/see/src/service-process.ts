import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { Writable } from 'node:stream';
import { identifyProcess, type ProcessIdentity, type ServiceName } from '@see/db';
import { PASSPHRASE_FD, type RecordedProcess, type ServiceMessage } from '@see/process';
import { lastWords } from './last-words.ts';

/** What a service process is started with. */
export interface ServiceProcessOptions {
  readonly name: ServiceName;
  /** The Node that runs it. */
  readonly node: string;
  /** The service's entry file. */
  readonly main: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Written to a pipe that the service reads first; kept in memory for when it is started again. */
  readonly passphrase?: Uint8Array;
  readonly logFile: string;
  /** A process was started, became ready or ended. */
  readonly onChange: () => void;
  readonly say: (message: string) => void;
}

/** A service gave up before it had ever been ready. */
export class ServiceStartError extends Error {
  override readonly name = 'ServiceStartError';
  readonly code = 'service-start-failed';
}

const FIRST_TRIES = 3;
const MAX_BACKOFF_MS = 10_000;
const CALM_MS = 60_000;
const STOP_MS = 12_000;
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/** One service: started in a process group of its own, so that a Ctrl-C reaches it only through us, and started again whenever it ends. */
export class ServiceProcess {
  readonly #options: ServiceProcessOptions;
  readonly #firstReady = Promise.withResolvers<void>();
  #child: ChildProcess | undefined;
  #identity: ProcessIdentity | undefined;
  #since = '';
  #ready = false;
  #wasReady = false;
  #restarts = 0;
  #failures = 0;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  #ended: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(options: ServiceProcessOptions) {
    this.#options = options;
    this.#firstReady.promise.catch(() => undefined);
  }

  get name(): ServiceName {
    return this.#options.name;
  }

  /** Resolves when it is ready for the first time; rejects with {@link ServiceStartError} when it ends three times before. */
  get whenReady(): Promise<void> {
    return this.#firstReady.promise;
  }

  /** The process that runs now. */
  get record(): RecordedProcess | undefined {
    return this.#identity && { ...this.#identity, since: this.#since, ready: this.#ready, restarts: this.#restarts };
  }

  start(): void {
    if (this.#stopping) return;
    try {
      this.#spawn();
    } catch (error) {
      // No file or process can be had now, as when the disk is full: tried again like any other end.
      this.#hasEnded(error instanceof Error ? error.message : String(error));
    }
  }

  #spawn(): void {
    const { node, main, environment, logFile, passphrase } = this.#options;
    const log = openLog(logFile);
    this.#ended = Promise.withResolvers();
    this.#startedAt = performance.now();
    this.#since = new Date().toISOString();
    let child: ChildProcess;
    try {
      child = spawn(node, [main], {
        cwd: '/',
        env: environment,
        detached: true,
        stdio: ['ignore', log, log, 'ipc', passphrase ? 'pipe' : 'ignore'],
      });
    } finally {
      closeSync(log);
    }
    const pipe = child.stdio[PASSPHRASE_FD];
    if (passphrase && pipe instanceof Writable) pipe.on('error', () => undefined).end(passphrase);
    this.#child = child;
    this.#identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
    child.on('message', (message) => {
      if ((message as Partial<ServiceMessage> | null)?.type === 'ready') this.#becameReady();
    });
    let over = false;
    const ended = (how: string): void => {
      if (over) return;
      over = true;
      this.#hasEnded(how);
    };
    // An error of a process that runs, as of its channel, is not its end.
    child.on('error', (error) => {
      if (child.pid === undefined) ended(error.message);
    });
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
    this.#options.onChange();
  }

  /** Ends it: SIGTERM, and SIGKILL after twelve seconds, which is more than a service needs to close. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#firstReady.reject(new ServiceStartError(`${this.name} was stopped`));
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.#options.say(`${this.name} did not end in time and was killed`);
      child.kill('SIGKILL');
    }, STOP_MS);
    await this.#ended.promise;
    clearTimeout(timer);
  }

  #becameReady(): void {
    this.#ready = true;
    this.#wasReady = true;
    this.#firstReady.resolve();
    this.#options.onChange();
  }

  #hasEnded(how: string): void {
    this.#child = undefined;
    this.#identity = undefined;
    this.#ready = false;
    this.#ended.resolve();
    if (!this.#stopping) this.#again(how);
    this.#options.onChange();
  }

  #again(how: string): void {
    if (performance.now() - this.#startedAt > CALM_MS) this.#failures = 0;
    this.#failures += 1;
    const { logFile, say } = this.#options;
    const why = lastWords(logFile) ?? how;
    if (!this.#wasReady && this.#failures >= FIRST_TRIES) {
      this.#firstReady.reject(new ServiceStartError(`${this.name} does not start: ${why}; see ${logFile}`));
      return;
    }
    const wait = Math.min(100 * 2 ** (this.#failures - 1), MAX_BACKOFF_MS);
    say(`${this.name} ended (${how}) and is started again in ${wait / 1000} s; see ${logFile}`);
    this.#restarts += 1;
    this.#timer = setTimeout(() => this.start(), wait);
  }
}

/** The log is a file and no pipe, so that a service can still write while it ends because we were killed. */
function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}
