import type { SealedStore } from '@see/keys';

/** A responder key as it is sealed: without certificate while it is asked for. */
export interface StoredKey {
  readonly ca: string;
  readonly pkcs8: Uint8Array;
  readonly certificate: Uint8Array | undefined;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

const ENTRY = 'ocsp-keys';

interface Written {
  readonly ca: string;
  readonly pkcs8: string;
  readonly certificate: string | null;
  readonly madeAt: number;
}

/** The responder keys in va's own sealed store; durable when `write` returns. */
export class DelegateStore {
  readonly #store: SealedStore;

  constructor(store: SealedStore) {
    this.#store = store;
  }

  read(): StoredKey[] {
    if (!this.#store.has(ENTRY)) return [];
    const written = JSON.parse(new TextDecoder().decode(this.#store.read(ENTRY))) as { keys: Written[] };
    return written.keys.map((key) => ({
      ca: key.ca,
      pkcs8: Uint8Array.fromBase64(key.pkcs8),
      certificate: key.certificate === null ? undefined : Uint8Array.fromBase64(key.certificate),
      madeAt: key.madeAt,
    }));
  }

  write(keys: readonly StoredKey[]): void {
    const written: Written[] = keys.map((key) => ({
      ca: key.ca,
      pkcs8: key.pkcs8.toBase64(),
      certificate: key.certificate?.toBase64() ?? null,
      madeAt: key.madeAt,
    }));
    this.#store.write(ENTRY, new TextEncoder().encode(JSON.stringify({ v: 1, keys: written })));
  }
}
