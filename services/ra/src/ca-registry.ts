import { createHash } from 'node:crypto';
import type { Database } from '@see/db';
import { readCas } from '@see/db/ra';
import { CA_IDS, type CaFacts, type IssuingCaId } from '@see/policy';
import { parseCertificate } from '@see/x509';

export interface KnownCa {
  readonly id: string;
  readonly ski: string;
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
}

/** The CAs as the database has them, kept in memory. `refresh` after a start and now and then: they change at ceremonies. */
export class CaRegistry {
  readonly #db: Database;
  #cas: ReadonlyMap<string, KnownCa> = new Map();
  #keys: ReadonlySet<string> = new Set();

  constructor(db: Database) {
    this.#db = db;
  }

  async refresh(): Promise<void> {
    const cas = new Map<string, KnownCa>();
    const keys = new Set<string>();
    for (const row of await readCas(this.#db)) {
      const { id, certificate } = row;
      cas.set(id, { id, ski: row.ski.toHex(), certificate, notAfter: row.not_after });
      keys.add(createHash('sha256').update(parseCertificate(certificate).spki).digest('hex'));
    }
    this.#cas = cas;
    this.#keys = keys;
  }

  all(): readonly KnownCa[] {
    return [...this.#cas.values()];
  }

  /** What orders are checked against. */
  facts(): ReadonlyMap<string, CaFacts> {
    const facts = new Map<string, CaFacts>();
    for (const { id, ski } of this.#cas.values()) if (isIssuing(id)) facts.set(id, { id, ski });
    return facts;
  }

  /** The certificates above an end-entity certificate of a CA: the CA itself, then the root. */
  chain(id: string): readonly Uint8Array[] {
    const above = id === 'root' ? ['root'] : [id, 'root'];
    return above.map((each) => this.#cas.get(each)?.certificate).filter((found) => found !== undefined);
  }

  /** Whether a public key (SHA-256 of its SubjectPublicKeyInfo) is a CA's. */
  isCaKey(spkiSha256: Uint8Array): boolean {
    return this.#keys.has(spkiSha256.toHex());
  }
}

function isIssuing(id: string): id is IssuingCaId {
  return (CA_IDS as readonly string[]).includes(id);
}
