import { type Configuration, readConfiguration } from '@see/process';
import { Command } from 'commander';
import { migrateDatabase } from './db-migrate.ts';
import { diagnose, formatFindings } from './doctor.ts';
import { watchParent } from './starter-watch.ts';
import { formatStatus, readStatus } from './status.ts';
import { stopInstance } from './stop.ts';
import type { ServiceEntry } from './supervisor.ts';
import { type Initialise, type TendDoors, up } from './up.ts';

/** What the supervisor's commands are wired with. */
export interface Wiring {
  readonly services: readonly ServiceEntry[];
  /** Makes an instance for evaluation in an empty data folder. */
  readonly initialise: Initialise;
  readonly tendDoors?: TendDoors;
}

/** The `see` command with the supervisor's commands only. */
export function supervisorProgram(wiring: Wiring): Command {
  const program = new Command('see').description('the certificate authority of the Secure Electronic Environment');
  addSupervisorCommands(program, wiring);
  return program;
}

/** Adds start, up, stop, status, doctor and db migrate. Each sets the exit code: 0 done, 1 refused or failed. */
export function addSupervisorCommands(program: Command, wiring: Wiring): void {
  program
    .command('start')
    .description('run the instance of the data folder; in an empty one, first make an instance for evaluation')
    .action(async () => runUntilStopped(wiring, true));
  program
    .command('up')
    .description('run the instance of the data folder: database and all services')
    .action(async () => runUntilStopped(wiring, false));
  program
    .command('stop')
    .description('stop the instance of the data folder and wait until it is down, whatever state it was left in')
    .option('--json', 'print the result as JSON')
    .action(async (options: JsonOption) => {
      const wasRunning = await stopInstance(configuration(), options.json ? (): void => undefined : say);
      print(options, { stopped: wasRunning }, wasRunning ? 'Stopped' : 'Nothing was running');
    });
  program
    .command('status')
    .description('tell what runs, since when and where its data lives; exit code 1 when it does not run')
    .option('--json', 'print the status as JSON')
    .action(async (options: JsonOption) => {
      const status = await readStatus(configuration());
      print(options, status, formatStatus(status));
      process.exitCode = status.running ? 0 : 1;
    });
  program
    .command('doctor')
    .description('check everything around the instance and say what to do; exit code 1 when something is wrong')
    .option('--json', 'print the findings as JSON')
    .action(async (options: JsonOption) => {
      const findings = await diagnose(configuration());
      print(options, { findings }, formatFindings(findings));
      process.exitCode = findings.some((finding) => finding.verdict === 'wrong') ? 1 : 0;
    });
  const database =
    program.commands.find((command) => command.name() === 'db') ?? program.command('db').description('the database');
  database
    .command('migrate')
    .description('bring the database schema forward')
    .option('--json', 'print the result as JSON')
    .action(async (options: JsonOption) => {
      const applied = await migrateDatabase(configuration(), options.json ? (): void => undefined : say);
      print(options, { applied }, applied.length === 0 ? 'The schema is up to date' : `Applied ${applied.join(', ')}`);
    });
}

interface JsonOption {
  readonly json?: true;
}

function configuration(): Configuration {
  return readConfiguration(process.env, process.cwd());
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

function print(options: JsonOption, value: unknown, text: string): void {
  say(options.json ? JSON.stringify(value, null, 2) : text);
}

async function runUntilStopped(wiring: Wiring, mayInitialise: boolean): Promise<void> {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted) say('Still stopping');
    else stop.abort(signal);
  };
  // What nobody foresaw still ends in order, with exit code 1.
  const onFault = (error: unknown): void => {
    process.exitCode = 1;
    say(`An error that should not be: ${error instanceof Error ? error.stack : String(error)}`);
    stop.abort();
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  // The terminal may be gone before we have drained.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const stopWatching = process.env['SEE_STOP_WITH_PARENT'] === '1' ? watchParent(() => stop.abort()) : undefined;
  try {
    await up({
      configuration: configuration(),
      services: wiring.services,
      say,
      stop: stop.signal,
      ...(mayInitialise && { initialise: wiring.initialise }),
      ...(wiring.tendDoors && { tendDoors: wiring.tendDoors }),
    });
  } finally {
    stopWatching?.();
    for (const signal of signals) process.off(signal, onSignal);
    process.off('uncaughtException', onFault);
    process.off('unhandledRejection', onFault);
  }
}
