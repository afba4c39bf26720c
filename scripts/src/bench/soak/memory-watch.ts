import { readFileSync } from 'node:fs';

const EVERY_MS = 5_000;

/** Resident memory of a process over time, from /proc. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #samples: { readonly at: number; readonly mib: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#sample(), EVERY_MS);
    this.#sample();
  }

  /** Ends the watch. */
  end(): void {
    clearInterval(this.#timer);
  }

  /** MiB a minute by which it grows, by least squares over the samples after the first part of the time (0 to 1). */
  growth(after: number): number {
    const begin = this.#samples[0]?.at ?? 0;
    const end = this.#samples.at(-1)?.at ?? 0;
    const taken = this.#samples.filter(({ at }) => at >= begin + (end - begin) * after);
    const mean = (of: (sample: (typeof taken)[number]) => number): number =>
      taken.reduce((sum, sample) => sum + of(sample), 0) / taken.length;
    const [at, mib] = [mean((sample) => sample.at), mean((sample) => sample.mib)];
    const above = mean((sample) => (sample.at - at) * (sample.mib - mib));
    const below = mean((sample) => (sample.at - at) ** 2);
    return below === 0 ? 0 : (above / below) * 60_000;
  }

  /** One figure a minute, MiB. */
  get text(): string {
    const each = Math.round(60_000 / EVERY_MS);
    return this.#samples
      .filter((_, index) => index % each === 0)
      .map(({ mib }) => mib.toFixed(0))
      .join(' ');
  }

  #sample(): void {
    const [, pages = '0'] = readFileSync(`/proc/${this.#pid}/statm`, 'utf8').split(' ');
    this.#samples.push({ at: performance.now(), mib: (Number(pages) * 4) / 1024 });
  }
}
