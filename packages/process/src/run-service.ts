import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import type { ServiceName } from '@see/db';
import { dropPrivileges } from './drop-privileges.ts';
import type { Instance } from './instance.ts';
import { type Log, type LogFields, type LogLevel, logLine } from './log-line.ts';
import { type ReceivedAssignment, receiveAssignment } from './service-assignment.ts';

/** What a service works with. */
export interface ServiceContext {
  readonly service: ServiceName;
  readonly instance: Instance;
  /** The service's own folder; no other process reads it. */
  readonly stateDir: string;
  readonly dataDir: string;
  /** Where mail is written by the evaluation preset; only the worker may. */
  readonly outboxDir: string;
  /** The service's own login. Contains a password: never log it. */
  readonly databaseUrl: string;
  /** From the file that SEE_<SERVICE>_PASSPHRASE_FILE named; absent when none was. */
  readonly passphrase?: Uint8Array;
  /** Aborted when the service must end: stop taking on new work. */
  readonly closing: AbortSignal;
  readonly log: Log;
  /** Tells the supervisor that the service does its work now. */
  ready(details?: LogFields): void;
  /** Ends the service with exit code 1 after closing it: for what it cannot go on after. */
  fail(error: unknown): void;
}

/** A service that runs. */
export interface RunningService {
  /** Ends orderly: no new work, what is under way is finished or given up durably. Has ten seconds. */
  close(): Promise<void>;
}

/** Longest time a service has to close. */
const CLOSE_MS = 10_000;

/**
 * The life of a service: reads what the supervisor told it, gives up root, starts, and ends when the supervisor goes away (its channel closes), on SIGTERM, SIGINT or
 * SIGHUP, or when it fails. Exit code 0 after an orderly end, 1 otherwise.
 */
export async function runService(
  service: ServiceName,
  start: (context: ServiceContext) => Promise<RunningService>,
): Promise<void> {
  // Nothing listens any more when the supervisor was killed; a log line then must not end us before we have closed.
  process.stdout.on('error', () => undefined);
  const log: Log = (level: LogLevel, message: string, fields?: LogFields): void => {
    process.stdout.write(logLine(new Date(), service, level, message, fields));
  };
  const closing = new AbortController();
  const running = Promise.withResolvers<RunningService | undefined>();

  const end = (code: number, reason: string): void => {
    if (code !== 0) process.exitCode = code;
    if (closing.signal.aborted) return;
    log('info', 'closing', { reason });
    closing.abort();
    const late = setTimeout(() => {
      log('error', 'did not close in time');
      process.exit(1);
    }, CLOSE_MS);
    running.promise
      .then((it) => it?.close())
      .catch((error: unknown) => {
        log('error', 'closing failed', { error });
        process.exitCode = 1;
      })
      .finally(() => {
        clearTimeout(late);
        log('info', 'closed');
        process.exit();
      });
  };
  const fail = (error: unknown): void => {
    log('error', 'failed', { error });
    end(1, 'failure');
  };

  process.once('disconnect', () => end(0, 'the supervisor went away'));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(0, signal));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);

  let assignment: ReceivedAssignment;
  try {
    assignment = receiveAssignment(service, process.env);
    // Everything is imported by now; afterwards this process could not write where the compiled code is kept.
    flushCompileCache();
    if (assignment.account) dropPrivileges(assignment.account);
    process.umask(0o077);
    const { instance, stateDir, dataDir, databaseUrl, passphrase } = assignment;
    const it = await start({
      service,
      instance,
      stateDir,
      dataDir,
      outboxDir: join(dataDir, 'outbox'),
      databaseUrl,
      ...(passphrase && { passphrase }),
      closing: closing.signal,
      log,
      ready: (details) => {
        log('info', 'ready', details);
        if (process.connected) process.send?.({ type: 'ready' } satisfies ServiceMessage);
      },
      fail,
    });
    running.resolve(it);
  } catch (error) {
    running.resolve(undefined);
    fail(error);
  }
}

/** What a service tells its supervisor over their channel. */
export interface ServiceMessage {
  readonly type: 'ready';
}
