import type { RowChunks } from '../status/row-chunks.ts';
import type { Delegate } from './delegate.ts';
import { formOf, type SignatureKey, SignatureSet } from './signature-set.ts';

/** A signature over the answer about one certificate, without the answer, which is made again from what is known. */
export interface StoredSignature {
  readonly delegate: Delegate;
  /** Whole seconds since 1970; thisUpdate and producedAt. */
  readonly producedAt: number;
  /** As it stands in the response. */
  readonly signature: Uint8Array;
}

/**
 * One signature a certificate, by its row in the status table. Keys of one kind have a set of rows of their own width; a
 * second set is there only while certificates have signatures of two kinds, after the kind of the responder keys changed.
 */
export class SignatureTable {
  #sets: readonly SignatureSet[] = [];

  /** Signatures that are kept. */
  get size(): number {
    return this.#sets.reduce((sum, set) => sum + set.size, 0);
  }

  /** Octets of memory that they take. */
  get bytes(): number {
    return this.#sets.reduce((sum, set) => sum + set.rows.bytes, 0);
  }

  /** Keeps a signature in place of an older one. `form` is 1 to 255. */
  put(row: number, form: number, stored: StoredSignature): void {
    const { algorithm, octets } = formOf(stored.delegate);
    let set = this.#sets.find((one) => one.form.algorithm === algorithm && one.form.octets === octets);
    if (!set) {
      set = new SignatureSet({ algorithm, octets });
      this.#sets = [...this.#sets, set];
    }
    set.put(row, form, stored);
    if (this.#sets.length === 1) return;
    for (const other of this.#sets) if (other !== set) other.drop(row);
    this.#sets = this.#sets.filter((one) => one.size > 0);
  }

  /** The signature over the answer about a row in this form of CertID. */
  find(row: number, form: number): StoredSignature | undefined {
    for (const set of this.#sets) {
      const found = set.find(row, form);
      if (found) return found;
    }
    return undefined;
  }

  /** When the kept signature about a row was made, in seconds since 1970; 0 where there is none. */
  producedAt(row: number): number {
    let latest = 0;
    for (const set of this.#sets) latest = Math.max(latest, set.producedAt(row));
    return latest;
  }

  /** The rows as they are in memory, a set for each of `keys`. */
  get rows(): readonly RowChunks[] {
    return this.#sets.map(({ rows }) => rows);
  }

  /** What the octets of the rows need to be understood again. */
  get keys(): readonly SignatureKey[] {
    return this.#sets.map(({ key }) => key);
  }

  /**
   * Takes rows that were kept, of the first `size` certificates, in place of all that is there. Signatures by delegates
   * that `delegateOf` does not know, or that `keys` do not tell of, are dropped. NOT checked: the signatures.
   */
  restore(
    keys: readonly SignatureKey[],
    rows: readonly RowChunks[],
    size: number,
    delegateOf: (der: Uint8Array) => Delegate | undefined,
  ): void {
    const sets = keys.map(({ algorithm, octets, delegates }, index) => {
      const set = new SignatureSet({ algorithm, octets });
      set.restore(delegates, rows[index] as RowChunks, size, delegateOf);
      return set;
    });
    this.#sets = sets.filter((set) => set.size > 0);
  }

  drop(row: number): void {
    for (const set of this.#sets) set.drop(row);
  }

  /** Drops everything. */
  clear(): void {
    this.#sets = [];
  }
}
