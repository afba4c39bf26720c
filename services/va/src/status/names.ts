/** Texts of which there are few, kept once and named by small numbers. Number 0 is none. */
export class Names {
  readonly #texts: string[] = [''];
  readonly #numbers = new Map<string, number>([['', 0]]);
  readonly #most: number;

  /** `most` is the highest number that the caller has room for. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The number of a text, which gets one where it has none. Throws RangeError when there are too many. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length > this.#most) throw new RangeError(`more than ${this.#most} different names`);
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  /** The number of a text, or undefined where it has none. */
  known(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  text(number: number): string {
    return this.#texts[number] ?? '';
  }

  /** The same names again, from what `all` gave. */
  restore(texts: readonly string[]): void {
    this.#numbers.clear();
    this.#texts.length = 0;
    for (const text of ['', ...texts]) this.#numbers.set(text, this.#texts.push(text) - 1);
  }

  /** Every text, in the order of the numbers from 1 on. */
  all(): readonly string[] {
    return this.#texts.slice(1);
  }
}
