import type { SigningAlgorithm } from '@see/keys';
import { RowChunks } from '../status/row-chunks.ts';
import type { Delegate } from './delegate.ts';
import { ecdsaDer, ecdsaOctets } from './ecdsa-octets.ts';
import type { StoredSignature } from './signature-table.ts';

/** What kind of signatures a set has: the algorithm, and octets of one as it is kept. */
export interface SignatureForm {
  readonly algorithm: SigningAlgorithm;
  /** Of `r || s`, or of the RSA modulus; a multiple of four. */
  readonly octets: number;
}

/** What rows of a set refer to by number. */
export interface SignatureKey extends SignatureForm {
  /** Certificates in base64; empty for one that is not known any more. */
  readonly delegates: readonly string[];
}

/** Octets before the signature: producedAt (four), number of the delegate, number of the CertID's form, two that are not used. */
const HEAD = 8;
const DELEGATE = 4;
const FORM = 5;
const MOST_DELEGATES = 0xff;

/** The form of a delegate's signatures. */
export function formOf({ signer }: Delegate): SignatureForm {
  const { algorithm } = signer;
  if (algorithm !== 'rsa-sha384') return { algorithm, octets: algorithm === 'ecdsa-sha256' ? 64 : 96 };
  return { algorithm, octets: (signer.publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8 };
}

/** An empty set of rows as a set has them. */
export function emptySignatures({ octets }: SignatureForm): RowChunks {
  return new RowChunks((HEAD + octets) / 4);
}

/** Signatures of one form, at most one a row: 72 octets each with P-256, 104 with P-384, 392 with RSA-3072. */
export class SignatureSet {
  readonly form: SignatureForm;
  #rows: RowChunks;
  #delegates: (Delegate | undefined)[] = [];
  #size = 0;

  constructor(form: SignatureForm) {
    this.form = form;
    this.#rows = emptySignatures(form);
  }

  get size(): number {
    return this.#size;
  }

  get rows(): RowChunks {
    return this.#rows;
  }

  get key(): SignatureKey {
    return { ...this.form, delegates: this.#delegates.map((one) => one?.certificate.der.toBase64() ?? '') };
  }

  /** Keeps a signature of this form in place of an older one. `form` is 1 to 255. */
  put(row: number, form: number, { delegate, producedAt, signature }: StoredSignature): void {
    const kept = this.#isRsa ? signature : ecdsaOctets(signature, this.form.octets / 2);
    if (kept.length !== this.form.octets) throw new RangeError(`a signature of ${kept.length} octets`);
    const number = this.#numberOf(delegate);
    const { words, octets, word, octet } = this.#rows.place(row);
    if (words[word] === 0) this.#size += 1;
    words[word] = producedAt;
    octets[octet + DELEGATE] = number;
    octets[octet + FORM] = form;
    octets.set(kept, octet + HEAD);
  }

  /** The signature over the answer about a row in this form of CertID. */
  find(row: number, form: number): StoredSignature | undefined {
    if (!this.#rows.has(row)) return undefined;
    const { words, octets, word, octet } = this.#rows.place(row);
    const producedAt = words[word] as number;
    if (producedAt === 0 || octets[octet + FORM] !== form) return undefined;
    const delegate = this.#delegates[octets[octet + DELEGATE] as number];
    if (!delegate) return undefined;
    const kept = octets.subarray(octet + HEAD, octet + HEAD + this.form.octets);
    return { delegate, producedAt, signature: this.#isRsa ? kept.slice() : ecdsaDer(kept) };
  }

  /** When the kept signature about a row was made, in seconds since 1970; 0 where there is none. */
  producedAt(row: number): number {
    if (!this.#rows.has(row)) return 0;
    const { words, word } = this.#rows.place(row);
    return words[word] as number;
  }

  drop(row: number): void {
    if (!this.#rows.has(row)) return;
    const { words, word } = this.#rows.place(row);
    if (words[word] !== 0) this.#size -= 1;
    words[word] = 0;
  }

  /** See `SignatureTable.restore`. */
  restore(
    delegates: readonly string[],
    rows: RowChunks,
    size: number,
    delegateOf: (der: Uint8Array) => Delegate | undefined,
  ): void {
    this.#rows = rows;
    this.#delegates = delegates.map((text) => delegateOf(Uint8Array.fromBase64(text)));
    this.#size = 0;
    for (let row = 0; row < size; row += 1) {
      if (!rows.has(row)) continue;
      const { words, octets, word, octet } = rows.place(row);
      // Its number may be given to another delegate.
      if (!this.#delegates[octets[octet + DELEGATE] as number]) words[word] = 0;
      if (words[word] !== 0) this.#size += 1;
    }
  }

  get #isRsa(): boolean {
    return this.form.algorithm === 'rsa-sha384';
  }

  /** A delegate's number is never given again while rows may bear it: when all are given, everything is dropped. */
  #numberOf(delegate: Delegate): number {
    const known = this.#delegates.indexOf(delegate);
    if (known >= 0) return known;
    if (this.#delegates.length > MOST_DELEGATES) {
      this.#rows = emptySignatures(this.form);
      this.#delegates = [];
      this.#size = 0;
    }
    return this.#delegates.push(delegate) - 1;
  }
}
