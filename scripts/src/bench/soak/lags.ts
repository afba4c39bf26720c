/** Delays in milliseconds, and what is said of them. */
export class Lags {
  readonly #all: number[] = [];

  note(milliseconds: number): void {
    this.#all.push(milliseconds);
  }

  get count(): number {
    return this.#all.length;
  }

  /** `p50 … p99 … max …` in milliseconds. */
  get text(): string {
    const sorted = this.#all.toSorted((one, other) => one - other);
    const at = (part: number): string =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0);
    return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
  }
}
