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

  /** Removes of some of our files, and below some of our folders, what was not written since the beginning; returns how many went. */
  sweep(paths: readonly string[]): number {
    let gone = 0;
    for (const path of paths) gone += this.#sweep(path);
    return gone;
  }

  #sweep(path: string): number {
    const full = join(this.#folder, path);
    const found = statSync(full, { throwIfNoEntry: false });
    if (!found) return 0;
    if (!found.isDirectory()) return this.#remove(path);
    let gone = 0;
    for (const entry of readdirSync(full, { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) gone += this.#sweep(below);
      else gone += this.#remove(below);
    }
    if (readdirSync(full).length === 0) rmSync(full, { recursive: true });
    return gone;
  }

  #remove(path: string): number {
    if (this.#written.has(path)) return 0;
    rmSync(join(this.#folder, path));
    return 1;
  }
}
