import type { PinnedProcess } from '../ocsp/pinned-process.ts';

const MIB = 1024 * 1024;

/** Memory of a process over time: what is alive after a collection tells of leaks, what is resident depends on the collector. */
export class MemoryWatch {
  readonly #process: PinnedProcess;
  readonly #samples: { readonly at: number; readonly alive: number; readonly rss: number }[] = [];

  constructor(watched: PinnedProcess) {
    this.#process = watched;
  }

  async sample(): Promise<void> {
    const { alive, rss } = await this.#process.memory();
    this.#samples.push({ at: performance.now(), alive: alive / MIB, rss: rss / MIB });
  }

  /** MiB a minute by which what is alive grows, by least squares over the second half of the samples. */
  get growth(): number {
    const taken = this.#samples.slice(Math.floor(this.#samples.length / 2));
    const mean = (of: (sample: (typeof taken)[number]) => number): number =>
      taken.reduce((sum, sample) => sum + of(sample), 0) / taken.length;
    const [at, alive] = [mean((sample) => sample.at), mean((sample) => sample.alive)];
    const above = mean((sample) => (sample.at - at) * (sample.alive - alive));
    const below = mean((sample) => (sample.at - at) ** 2);
    return below === 0 ? 0 : (above / below) * 60_000;
  }

  /** Figures in MiB, in the order of time. */
  text(of: 'alive' | 'rss'): string {
    return this.#samples.map((sample) => sample[of].toFixed(of === 'alive' ? 1 : 0)).join(' ');
  }
}
