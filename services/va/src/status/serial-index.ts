/** Slots that are taken at most, of all. */
const FULLEST = 0.85;
const GROWTH = 1.3;
const SMALLEST = 1_024;

/**
 * Finds rows by a 32-bit hash: open addressing with linear probing over row numbers, four octets a slot and at most
 * 1.5 slots a row. It keeps no keys: the caller says whether a row is the one that it looks for, and what its hash is
 * when the index grows. Nothing is ever taken out.
 */
export class SerialIndex {
  #slots = new Uint32Array(SMALLEST);
  #count = 0;
  readonly #hashOf: (row: number) => number;

  constructor(hashOf: (row: number) => number) {
    this.#hashOf = hashOf;
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** Forgets everything. */
  clear(): void {
    this.#slots = new Uint32Array(SMALLEST);
    this.#count = 0;
  }

  /** Makes room for so many rows at once. */
  reserve(rows: number): void {
    if (rows > this.#slots.length * FULLEST) this.#resize(Math.ceil(rows / FULLEST) + 1);
  }

  /** The row with this hash that `is` takes for the right one; -1 without. */
  find(hash: number, is: (row: number) => boolean): number {
    const slots = this.#slots;
    for (let at = this.#first(hash); ; at = at + 1 === slots.length ? 0 : at + 1) {
      const slot = slots[at] as number;
      if (slot === 0) return -1;
      if (is(slot - 1)) return slot - 1;
    }
  }

  /** Adds a row. NOT checked: that it is not there yet. */
  add(hash: number, row: number): void {
    if (this.#count + 1 > this.#slots.length * FULLEST) this.#resize(Math.ceil(this.#slots.length * GROWTH));
    this.#put(hash, row);
    this.#count += 1;
  }

  #put(hash: number, row: number): void {
    const slots = this.#slots;
    let at = this.#first(hash);
    while (slots[at] !== 0) at = at + 1 === slots.length ? 0 : at + 1;
    slots[at] = row + 1;
  }

  #resize(slots: number): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(slots);
    for (const slot of old) if (slot !== 0) this.#put(this.#hashOf(slot - 1), slot - 1);
  }

  #first(hash: number): number {
    return Math.floor(((hash >>> 0) / 4_294_967_296) * this.#slots.length);
  }
}
