import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A folder of files that a web server serves while they are written: each is whole at every moment, and what was not written
 * this time goes at the end.
 */
export class StaticFiles {
  readonly #folder: string;
  readonly #written = new Set<string>();
  #octets = 0;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  get count(): number {
    return this.#written.size;
  }

  get octets(): number {
    return this.#octets;
  }

  /** Writes a file; `path` is ours, below the folder. */
  write(path: string, content: Uint8Array): void {
    const target = join(this.#folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.new`, content);
    renameSync(`${target}.new`, target);
    this.#written.add(path);
    this.#octets += content.length;
  }

  /** Removes, below some of our folders, what was not written since the beginning; returns how many files went. */
  sweep(folders: readonly string[]): number {
    let gone = 0;
    for (const folder of folders) gone += this.#sweep(folder);
    return gone;
  }

  #sweep(path: string): number {
    const full = join(this.#folder, path);
    if (!statSync(full, { throwIfNoEntry: false })) return 0;
    let gone = 0;
    for (const entry of readdirSync(full, { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) gone += this.#sweep(below);
      else if (!this.#written.has(below)) {
        rmSync(join(this.#folder, below));
        gone += 1;
      }
    }
    if (readdirSync(full).length === 0) rmSync(full, { recursive: true });
    return gone;
  }
}
