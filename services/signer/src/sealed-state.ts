import type { SealedStore } from '@see/keys';

/** A use of a passkey. `at` in milliseconds since 1970 UTC. */
export interface PasskeyUse {
  readonly at: number;
  readonly count: number;
}

/** What the signer remembers outside the database. Times are milliseconds since 1970 UTC, digests and hashes hex. */
export interface SignerMemory {
  readonly headSeq: number;
  readonly headDigest: string;
  /** Last CRL number by CA. */
  readonly crlNumbers: Readonly<Record<string, string>>;
  readonly checkpoint: { readonly size: number; readonly root: string };
  readonly highestTime: number;
  /** Revocation statements that were found good, hex: they count for ever, whoever leaves. */
  readonly acceptedStatements?: readonly string[];
  /** The latest known use of each passkey, by credential: when the row says, and the highest counter. */
  readonly passkeyUses?: Readonly<Record<string, PasskeyUse>>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The signer's own memory, sealed on its disk. Every change is durable when `update` returns. */
export class SealedState {
  readonly #store: SealedStore;
  #memory: SignerMemory;

  private constructor(store: SealedStore, memory: SignerMemory) {
    this.#store = store;
    this.#memory = memory;
  }

  static create(store: SealedStore, memory: SignerMemory): SealedState {
    const state = new SealedState(store, memory);
    state.update({});
    return state;
  }

  static open(store: SealedStore): SealedState {
    return new SealedState(store, JSON.parse(decoder.decode(store.read('state'))) as SignerMemory);
  }

  get memory(): SignerMemory {
    return this.#memory;
  }

  update(change: Partial<SignerMemory>): void {
    const memory = { ...this.#memory, ...change };
    this.#store.write('state', encoder.encode(JSON.stringify(memory)));
    this.#memory = memory;
  }
}
