import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, findEmbedded, type ServiceName } from '@see/db';
import { type Face, faces, findLayout, type Instance, type Layout, readInstance } from '@see/process';
import { freePorts } from './free-ports.ts';
import { type CommandOptions, type CommandResult, type RunningCommand, runSee, spawnSee } from './see-command.ts';

/** What {@link startInstance} may be told. */
export interface InstanceOptions {
  /** `see` (default) runs our services; `fixture` runs five that do nothing, on an instance of public facts only. */
  readonly program?: CommandOptions['program'];
  /** More environment for every command. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Parent of the data folder; default the system's temporary folder. */
  readonly under?: string;
  /** Another user to run everything as; only root can. */
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Adds to the folder's path, for tests of long paths. */
  readonly suffix?: string;
}

/** An instance in a folder of its own, on free ports. */
export interface TestInstance {
  readonly dataDir: string;
  readonly ports: Readonly<Record<Face, number>>;
  readonly urls: Readonly<Record<Face, string>>;
  /** The environment of its commands. */
  readonly environment: Readonly<Record<string, string>>;
  readonly layout: Layout;
  /** The instance's public facts; throws before it is made. */
  readonly facts: Instance;
  /** The running PostgreSQL with the URLs of all logins; throws when it does not run. */
  readonly database: EmbeddedPostgres;
  /** The command that runs the instance now. */
  readonly running: RunningCommand | undefined;
  /** Runs `see` on this instance to its end; the exit code is not checked. */
  see(...args: readonly string[]): Promise<CommandResult>;
  /** Runs `see … --json`, wants exit code 0 and returns what it printed. */
  seeJson<T>(...args: readonly string[]): Promise<T>;
  /** Runs `see` with this text on its standard input. */
  seeWithInput(input: string | Uint8Array, ...args: readonly string[]): Promise<CommandResult>;
  /** `see start`, or another command that stays; returns when it says that the instance is up. */
  start(...args: readonly string[]): Promise<RunningCommand>;
  /** Stops it and removes every trace, however broken it is. Safe to call twice. */
  remove(): Promise<void>;
  /** URL of a service's login. */
  serviceUrl(service: ServiceName): string;
}

const left = new Set<() => Promise<void>>();
let cleaning = false;

/** An instance that is not started yet. Call `remove()` in `afterAll`; what was forgotten is removed when the process gets the time to. */
export async function newInstance(options: InstanceOptions = {}): Promise<TestInstance> {
  const folder = mkdtempSync(join(options.under ?? tmpdir(), 'see-test-'));
  const { account } = options;
  // As root our processes run under other user ids and pass through this folder.
  chmodSync(folder, process.getuid?.() === 0 && !account ? 0o711 : 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
  const dataDir = options.suffix ? join(folder, options.suffix) : join(folder, 'var');
  const found = await freePorts(faces.length);
  const ports = Object.fromEntries(faces.map((face, index) => [face, found[index]])) as Record<Face, number>;
  const environment = {
    SEE_DATA_DIR: dataDir,
    ...Object.fromEntries(faces.map((face) => [`SEE_${face.toUpperCase()}_PORT`, String(ports[face])])),
    ...options.environment,
  };
  const command: CommandOptions = {
    program: options.program ?? 'see',
    environment,
    cwd: folder,
    ...(account && { account }),
  };
  let running: RunningCommand | undefined;

  const remove = async (): Promise<void> => {
    left.delete(remove);
    if (!existsSync(folder)) return;
    const stateDir = existsSync(dataDir) ? findLayout(dataDir).stateDir : dataDir;
    const stopped = await runSee(command, 'stop');
    running?.child.kill('SIGKILL');
    if (stopped.code !== 0) throw new Error(`the test instance in ${dataDir} could not be stopped: ${stopped.stderr}`);
    if (/^\/var\/lib\/see\/[0-9a-f]{12}$/.test(stateDir)) rmSync(stateDir, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  left.add(remove);
  cleanAtEnd();

  const instance: TestInstance = {
    dataDir,
    ports,
    urls: Object.fromEntries(
      faces.map((face) => [face, `${face === 'tls' || face === 'mtls' ? 'https' : 'http'}://localhost:${ports[face]}`]),
    ) as Record<Face, string>,
    environment,
    get layout() {
      return findLayout(dataDir);
    },
    get facts() {
      const facts = readInstance(dataDir);
      if (!facts) throw new Error('the test instance was not made yet');
      return facts;
    },
    get database() {
      const database = findEmbedded(findLayout(dataDir).database);
      if (!database) throw new Error('the PostgreSQL of the test instance does not run');
      return database;
    },
    get running() {
      return running;
    },
    see: (...args) => runSee(command, ...args),
    seeJson: async <T>(...args: readonly string[]): Promise<T> => {
      const result = await runSee(command, ...args, '--json');
      if (result.code !== 0)
        throw new Error(`see ${args.join(' ')}: exit code ${result.code}\n${result.stdout}${result.stderr}`);
      return JSON.parse(result.stdout) as T;
    },
    seeWithInput: (input, ...args) => runSee({ ...command, input }, ...args),
    start: async (...args) => {
      running = spawnSee(command, ...(args.length > 0 ? args : ['start']));
      await whenUp(running);
      return running;
    },
    remove,
    serviceUrl: (service) => instance.database.serviceUrl(service),
  };
  return instance;
}

/** An instance that is up: made for evaluation, migrated, every service ready. Takes a few seconds. */
export async function startInstance(options: InstanceOptions = {}): Promise<TestInstance> {
  const instance = await newInstance(options);
  try {
    await instance.start();
    return instance;
  } catch (error) {
    await instance.remove();
    throw error;
  }
}

/** Returns when the command has said that the instance is up; throws with all its output when it ends first or takes over two minutes. */
export async function whenUp(command: RunningCommand): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!command.output().includes('SEE PKI is up')) {
    if (command.child.exitCode !== null || command.child.signalCode !== null || performance.now() > deadline) {
      throw new Error(`the instance did not come up:\n${command.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function cleanAtEnd(): void {
  if (cleaning) return;
  cleaning = true;
  process.once('beforeExit', () => {
    void Promise.allSettled([...left].map((remove) => remove()));
  });
}
