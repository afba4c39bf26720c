import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileCacheFolder } from '@see/process';

/** Clock ticks a second in /proc, the same on every Linux. */
const TICKS = 100;

/** A script in a process that runs on one core and nowhere else. */
export class PinnedProcess {
  readonly #child: ChildProcess;
  #messages: Record<string, number>[] = [];
  readonly #waiting: (() => void)[] = [];
  #ended = false;

  constructor(script: URL, argument: string, core = 0) {
    const path = fileURLToPath(script);
    this.#child = spawn('taskset', ['-c', String(core), process.execPath, path, argument], {
      // As the supervisor starts services.
      env: { ...process.env, NODE_COMPILE_CACHE: compileCacheFolder() },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => {
      this.#messages.push(message as Record<string, number>);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.#child.on('exit', () => {
      this.#ended = true;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** Seconds of processor time that it has used so far. */
  get processorSeconds(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  }

  /** What the process says under a name. Throws when it ends before. */
  async told(name: string): Promise<number> {
    for (;;) {
      const found = this.#messages.findLast((message) => name in message)?.[name];
      if (found !== undefined) return found;
      if (this.#ended) throw new Error(`the process ended before it said ${name}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Octets that are alive in it after a full collection, and resident. For processes that know the message. */
  async memory(): Promise<{ readonly alive: number; readonly rss: number }> {
    this.#messages = this.#messages.filter((message) => !('alive' in message));
    this.#child.send('measure');
    return { alive: await this.told('alive'), rss: await this.told('rss') };
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await gone;
  }
}
