import { execFile, spawnSync } from 'node:child_process';

/** How a program of someone else ended. A signal or time-out counts as exit code -1. */
export interface ToolResult {
  readonly code: number;
  readonly stdout: Buffer;
  /** Standard output and standard error, one after the other, as text. */
  readonly text: string;
}

/** What a run may be told. */
export interface ToolOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program to its end, at most a minute; never throws for an exit code. Times and messages are in English and UTC. */
export function run(program: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      {
        cwd: options.cwd,
        env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC', ...options.environment },
        encoding: 'buffer',
        timeout: 60_000,
        maxBuffer: 32 << 20,
      },
      (error, stdout, stderr) => {
        if (error && error.code === 'ENOENT') return reject(new Error(`${program} is not installed`));
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, stdout, text: `${stdout.toString('utf8')}${stderr.toString('utf8')}` });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  });
}

/** Runs a program that has to succeed; throws with everything that it said otherwise. */
export async function runWell(program: string, args: readonly string[], options: ToolOptions = {}): Promise<string> {
  const result = await run(program, args, options);
  if (result.code !== 0)
    throw new Error(`${program} ${args.join(' ')}\nended with exit code ${result.code}:\n${result.text}`);
  return result.text;
}

/** Whether a program is in the PATH. Says loudly what is not tested without it, and how to get it. */
export function haveTool(program: string, howToGet: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v "$1"`, 'sh', program]).status === 0;
  if (!found)
    console.warn(`SKIPPED: interoperability with ${program} is not tested, it is not installed (${howToGet})`);
  return found;
}
