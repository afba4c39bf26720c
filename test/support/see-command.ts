import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The real `see` command, and the one that runs fixture services instead of ours. */
export const programs = {
  see: fileURLToPath(new URL('../../services/see/src/main.ts', import.meta.url)),
  fixture: fileURLToPath(new URL('./fixture-see.ts', import.meta.url)),
} as const;

/** How a command ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface CommandOptions {
  readonly program: keyof typeof programs;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Another user to run as; only root can. */
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Fed to its standard input; without it there is none. */
  readonly input?: string | Uint8Array;
}

/** A command that runs, with all that it has printed so far. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<CommandResult>;
}

/** Starts `see` with these arguments by this Node. Of the caller's environment it gets PATH and HOME only. */
export function spawnSee(options: CommandOptions, ...args: readonly string[]): RunningCommand {
  // Whatever ends this process, no instance outlives it.
  const environment = { ...options.environment, SEE_STOP_WITH_PARENT: '1' };
  return spawnCommand(process.execPath, [programs[options.program], ...args], { ...options, environment });
}

/** Runs `see` to its end. */
export function runSee(options: CommandOptions, ...args: readonly string[]): Promise<CommandResult> {
  return spawnSee(options, ...args).ended;
}

/** Starts any command the same way. */
export function spawnCommand(
  command: string,
  args: readonly string[],
  options: Omit<CommandOptions, 'program'>,
): RunningCommand {
  const child = spawn(command, args, {
    cwd: options.cwd ?? '/',
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: process.env['HOME'] ?? '/', ...options.environment },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...options.account,
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin?.on('error', () => undefined).end(options.input);
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, output: () => stdout + stderr, ended };
}
