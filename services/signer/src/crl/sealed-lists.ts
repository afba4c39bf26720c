import type { CrlScope } from '@see/issuance';
import type { SealedStore } from '@see/keys';
import { type CertificateList, oid, parseCrl } from '@see/x509';

/** What is known of a list without its entries. */
export interface ListFacts {
  readonly number: bigint;
  readonly thisUpdate: Date;
  /** Whether it says where a delta is. */
  readonly hasFreshest: boolean;
}

/** The last list of each CA and scope, in the signer's sealed store: what was signed is known whatever the database says. */
export class SealedLists {
  readonly #store: SealedStore;
  readonly #facts = new Map<string, ListFacts | undefined>();

  constructor(store: SealedStore) {
    this.#store = store;
  }

  /** The whole list, read each time. */
  read(ca: string, scope: CrlScope): CertificateList | undefined {
    const name = nameOf(ca, scope);
    return this.#store.has(name) ? parseCrl(this.#store.read(name)) : undefined;
  }

  /** Durable when it returns. */
  write(ca: string, scope: CrlScope, crl: CertificateList): void {
    this.#store.write(nameOf(ca, scope), crl.der);
    this.#facts.set(nameOf(ca, scope), factsOf(crl));
  }

  /** What is known of a list; kept. */
  facts(ca: string, scope: CrlScope): ListFacts | undefined {
    const name = nameOf(ca, scope);
    if (!this.#facts.has(name)) {
      const crl = this.read(ca, scope);
      this.#facts.set(name, crl && factsOf(crl));
    }
    return this.#facts.get(name);
  }
}

function factsOf(crl: CertificateList): ListFacts {
  return {
    number: crl.crlNumber ?? 0n,
    thisUpdate: crl.thisUpdate,
    hasFreshest: crl.extension(oid.freshestCrl) !== undefined,
  };
}

function nameOf(ca: string, scope: CrlScope): string {
  return scope === 'full' ? `crl-${ca}` : `crl-${ca}-${scope}`;
}
