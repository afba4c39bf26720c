import type { SigningAlgorithm } from '@see/keys';
import { RowChunks } from '../status/row-chunks.ts';
import type { Delegate } from './delegate.ts';
import { ecdsaDer, ecdsaOctets } from './ecdsa-octets.ts';

/** A signature over the answer about one certificate, without the answer, which is made again from what is known. */
export interface StoredSignature {
  readonly delegate: Delegate;
  /** Whole seconds since 1970; thisUpdate and producedAt. */
  readonly producedAt: number;
  /** As it stands in the response. */
  readonly signature: Uint8Array;
}

/** Octets of a signature as it is kept: `r || s`, or the RSA signature of a key of at most 4096 bits. */
const KEPT: Readonly<Record<SigningAlgorithm, number>> = { 'ecdsa-sha256': 64, 'ecdsa-sha384': 96, 'rsa-sha384': 512 };
/** Octets before the signature: producedAt (four), number of the delegate, number of the CertID's form, two of length. */
const HEAD = 8;
const DELEGATE = 4;
const FORM = 5;
const LENGTH = 6;
const MOST_DELEGATES = 0xff;

/** What rows refer to by number. */
export interface SignatureKey {
  readonly algorithm: SigningAlgorithm;
  /** Certificates in base64; empty for one that is not known any more. */
  readonly delegates: readonly string[];
}

/** An empty set of rows as the table has them for an algorithm. */
export function emptySignatures(algorithm: SigningAlgorithm): RowChunks {
  return new RowChunks((HEAD + KEPT[algorithm]) / 4);
}

/**
 * One signature a certificate, by its row in the status table: 72 octets with P-256, 104 with P-384. Only signatures of
 * one algorithm are kept, that of the first delegate; `put` says whether it was.
 */
export class SignatureTable {
  #rows: RowChunks | undefined;
  #algorithm: SigningAlgorithm | undefined;
  #delegates: (Delegate | undefined)[] = [];
  #size = 0;

  /** Signatures that are kept. */
  get size(): number {
    return this.#size;
  }

  /** Octets of memory that they take. */
  get bytes(): number {
    return this.#rows?.bytes ?? 0;
  }

  /** Keeps a signature in place of an older one. `form` is 1 to 255. */
  put(row: number, form: number, { delegate, producedAt, signature }: StoredSignature): boolean {
    const { algorithm } = delegate.signer;
    this.#algorithm ??= algorithm;
    if (algorithm !== this.#algorithm) return false;
    const size = KEPT[algorithm];
    const kept = algorithm === 'rsa-sha384' ? signature : ecdsaOctets(signature, size / 2);
    if (kept.length > size) return false;
    const number = this.#numberOf(delegate);
    this.#rows ??= emptySignatures(algorithm);
    const { words, octets, word, octet } = this.#rows.place(row);
    if (words[word] === 0) this.#size += 1;
    words[word] = producedAt;
    octets[octet + DELEGATE] = number;
    octets[octet + FORM] = form;
    octets[octet + LENGTH] = kept.length >> 8;
    octets[octet + LENGTH + 1] = kept.length & 0xff;
    octets.set(kept, octet + HEAD);
    return true;
  }

  /** The signature over the answer about a row in this form of CertID. */
  find(row: number, form: number): StoredSignature | undefined {
    if (!this.#rows?.has(row)) return undefined;
    const { words, octets, word, octet } = this.#rows.place(row);
    const producedAt = words[word] as number;
    if (producedAt === 0 || octets[octet + FORM] !== form) return undefined;
    const delegate = this.#delegates[octets[octet + DELEGATE] as number];
    if (!delegate) return undefined;
    const length = (octets[octet + LENGTH] as number) * 256 + (octets[octet + LENGTH + 1] as number);
    const kept = octets.subarray(octet + HEAD, octet + HEAD + length);
    return { delegate, producedAt, signature: this.#algorithm === 'rsa-sha384' ? kept.slice() : ecdsaDer(kept) };
  }

  /** When the kept signature about a row was made, in seconds since 1970; 0 where there is none. */
  producedAt(row: number): number {
    if (!this.#rows?.has(row)) return 0;
    const { words, word } = this.#rows.place(row);
    return words[word] as number;
  }

  /** The rows as they are in memory; undefined where there are none. */
  get rows(): RowChunks | undefined {
    return this.#rows;
  }

  /** What the octets of the rows need to be understood again. */
  get key(): SignatureKey | undefined {
    const algorithm = this.#algorithm;
    return algorithm && { algorithm, delegates: this.#delegates.map((one) => one?.certificate.der.toBase64() ?? '') };
  }

  /**
   * Takes rows that were kept, of the first `size` certificates, in place of all that is there. Signatures by delegates
   * that `delegateOf` does not know, or that `key` does not tell of, are dropped. NOT checked: the signatures.
   */
  restore(
    key: SignatureKey,
    rows: RowChunks,
    size: number,
    delegateOf: (der: Uint8Array) => Delegate | undefined,
  ): void {
    this.#start(key.algorithm);
    this.#rows = rows;
    this.#delegates = key.delegates.map((text) => delegateOf(Uint8Array.fromBase64(text)));
    for (let row = 0; row < size; row += 1) {
      if (!rows.has(row)) continue;
      const { words, octets, word, octet } = rows.place(row);
      // Its number may be given to another delegate.
      if (!this.#delegates[octets[octet + DELEGATE] as number]) words[word] = 0;
      if (words[word] !== 0) this.#size += 1;
    }
  }

  drop(row: number): void {
    if (!this.#rows?.has(row)) return;
    const { words, word } = this.#rows.place(row);
    if (words[word] !== 0) this.#size -= 1;
    words[word] = 0;
  }

  /** Drops everything. */
  clear(): void {
    this.#start(undefined);
  }

  /** A delegate's number is never given again while rows may bear it: when all are given, everything is dropped. */
  #numberOf(delegate: Delegate): number {
    const known = this.#delegates.indexOf(delegate);
    if (known >= 0) return known;
    if (this.#delegates.length > MOST_DELEGATES) this.#start(delegate.signer.algorithm);
    return this.#delegates.push(delegate) - 1;
  }

  #start(algorithm: SigningAlgorithm | undefined): void {
    this.#rows = undefined;
    this.#algorithm = algorithm;
    this.#delegates = [];
    this.#size = 0;
  }
}
