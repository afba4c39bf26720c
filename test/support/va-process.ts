import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServedVa } from './serve-va.ts';
import { waitUntil } from './wait-until.ts';
import type { World } from './world.ts';

const SCRIPT = fileURLToPath(new URL('./serve-va.ts', import.meta.url));

/** A va in a process of its own, which can be killed and whose disk can be full. */
export class VaProcess {
  readonly #child: ChildProcess;
  readonly #told: Record<string, number> = {};
  #errors = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message) => Object.assign(this.#told, message));
    child.stderr?.on('data', (text: Buffer) => {
      this.#errors += text.toString();
    });
  }

  /** Starts one on a state folder of the world; `stateDir` and `databaseUrl` may be replaced. Resolves when it listens. */
  static async start(world: World, replaced: Partial<ServedVa> = {}): Promise<VaProcess> {
    const told: ServedVa = {
      instance: world.instance,
      stateDir: join(world.layout.stateDir, 'va'),
      databaseUrl: world.postgres.serviceUrl('va'),
      passphraseFile: join(world.layout.evaluationDir, 'va.passphrase'),
      ...replaced,
    };
    // A file that may not grow is then an error of the write, as on a full disk, and not the end of the process.
    const child = spawn(
      'bash',
      ['-c', `trap '' XFSZ; exec "$0" "$@"`, process.execPath, SCRIPT, JSON.stringify(told)],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    const va = new VaProcess(child);
    await waitUntil('va listens', () => va.#told['port'] !== undefined || va.ended);
    if (va.ended) throw new Error(`va ended: ${va.errors}`);
    return va;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#told['port']}`;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** What it said that is not for information. */
  get errors(): string {
    return this.#errors;
  }

  /** Resolves when everything is loaded from the database. */
  async loaded(): Promise<void> {
    await waitUntil('va is loaded', () => this.#told['loadedAfter'] !== undefined);
  }

  /** No file may have more octets from now on; `unlimited` ends it. */
  limitFiles(octets: number | 'unlimited'): void {
    execFileSync('prlimit', ['--pid', String(this.#child.pid), `--fsize=${octets}:`]);
  }

  /** Sends a signal and resolves when the process is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.ended) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    await gone;
  }

  /** Sends SIGTERM, and SIGKILL after so many milliseconds. */
  async endWithin(milliseconds: number): Promise<void> {
    this.#child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await this.end('SIGKILL');
  }
}
