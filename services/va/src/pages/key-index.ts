/** Entries that are added before they are sorted in. */
const TAIL = 4_096;
/** Runs of more entries are not merged any further, so that no addition takes long. */
const LONGEST = 1_048_576;
const PAIR = 2;

/**
 * Finds rows by a 32-bit fingerprint of a key, several rows for one: runs of sorted pairs outside of the garbage-collected
 * heap, eight octets a pair. Different keys may have the same fingerprint: the caller compares them. Nothing is ever taken out.
 */
export class KeyIndex {
  /** Each a row and a fingerprint in turn, in the order of the fingerprints, then of the rows. Never changed. */
  #runs: readonly Uint32Array<ArrayBuffer>[] = [];
  #tail = new Uint32Array(TAIL * PAIR);
  #inTail = 0;

  /** Octets of memory that it takes. */
  get bytes(): number {
    return this.#runs.reduce((sum, run) => sum + run.byteLength, this.#tail.byteLength);
  }

  /** Everything that was added so far, as it can be restored. */
  get runs(): readonly Uint32Array[] {
    return this.#inTail === 0 ? this.#runs : [...this.#runs, this.#sortedTail()];
  }

  add(fingerprint: number, row: number): void {
    this.#tail[this.#inTail * PAIR] = row;
    this.#tail[this.#inTail * PAIR + 1] = fingerprint;
    this.#inTail += 1;
    if (this.#inTail === TAIL) this.#close();
  }

  /** The rows of a fingerprint, each once, the lowest first. */
  rows(fingerprint: number): number[] {
    const found = new Set<number>();
    for (const run of this.#runs)
      for (let at = firstOf(run, fingerprint); run[at * PAIR + 1] === fingerprint; at += 1)
        found.add(run[at * PAIR] as number);
    for (let at = 0; at < this.#inTail; at += 1)
      if (this.#tail[at * PAIR + 1] === fingerprint) found.add(this.#tail[at * PAIR] as number);
    return [...found].sort((one, other) => one - other);
  }

  /** Takes runs that were kept, in place of all that is there. NOT checked: that they are sorted. */
  restore(runs: readonly Uint32Array<ArrayBuffer>[]): void {
    this.#runs = runs;
    this.#inTail = 0;
  }

  #sortedTail(): Uint32Array<ArrayBuffer> {
    const copy = this.#tail.slice(0, this.#inTail * PAIR);
    // The fingerprint is the higher half of each number.
    new BigUint64Array(copy.buffer).sort();
    return copy;
  }

  #close(): void {
    let run = this.#sortedTail();
    const runs = [...this.#runs];
    for (let last = runs.at(-1); last && last.length <= run.length; last = runs.at(-1)) {
      if (last.length + run.length > LONGEST * PAIR) break;
      run = merged(last, run);
      runs.pop();
    }
    this.#runs = [...runs, run];
    this.#inTail = 0;
  }
}

/** The first entry whose fingerprint is not below this one. */
function firstOf(run: Uint32Array, fingerprint: number): number {
  let low = 0;
  let high = run.length / PAIR;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((run[middle * PAIR + 1] as number) < fingerprint) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merged(one: Uint32Array, other: Uint32Array): Uint32Array<ArrayBuffer> {
  const both = new Uint32Array(one.length + other.length);
  let left = 0;
  let right = 0;
  for (let at = 0; at < both.length; at += PAIR) {
    const isLeft = right === other.length || (left < one.length && isBefore(one, left, other, right));
    const from = isLeft ? one : other;
    const place = isLeft ? left : right;
    both[at] = from[place] as number;
    both[at + 1] = from[place + 1] as number;
    if (isLeft) left += PAIR;
    else right += PAIR;
  }
  return both;
}

function isBefore(one: Uint32Array, left: number, other: Uint32Array, right: number): boolean {
  const [first, second] = [one[left + 1] as number, other[right + 1] as number];
  return first < second || (first === second && (one[left] as number) <= (other[right] as number));
}
