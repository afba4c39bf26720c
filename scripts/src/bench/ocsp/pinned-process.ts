import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A script in a process that runs on one core and nowhere else. */
export class PinnedProcess {
  readonly #child: ChildProcess;
  readonly #messages: Record<string, number>[] = [];
  readonly #waiting: (() => void)[] = [];
  #ended = false;

  constructor(script: URL, argument: string, core = 0) {
    const path = fileURLToPath(script);
    this.#child = spawn('taskset', ['-c', String(core), process.execPath, path, argument], {
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

  /** What the process says under a name. Throws when it ends before. */
  async told(name: string): Promise<number> {
    for (;;) {
      const found = this.#messages.find((message) => name in message)?.[name];
      if (found !== undefined) return found;
      if (this.#ended) throw new Error(`the process ended before it said ${name}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await gone;
  }
}
