import type { Examiner } from '../status/examiner.ts';
import type { StatusEntry } from '../status/status-entry.ts';
import type { StatusKeeper } from '../status/status-keeper.ts';
import type { StatusTable } from '../status/status-table.ts';

/** What may be said of a serial number now. `later`: it can not be known now, so neither good nor revoked is said. */
export type Lookup =
  | { readonly kind: 'certificate'; readonly entry: StatusEntry }
  | { readonly kind: 'never-issued' }
  | { readonly kind: 'later' };

export interface CertificateLookupDeps {
  readonly table: StatusTable;
  /** Asks the database. */
  readonly lookUp: StatusKeeper['lookUp'];
  readonly examiner: Examiner;
  /** Whether the bulk load is over. */
  readonly isLoaded: () => boolean;
  /** Longest wait for the database in milliseconds. */
  readonly patience: number;
  readonly onError: (error: unknown) => void;
}

/** Questions to the database at once; more are answered with `later`. */
const MOST_QUESTIONS = 64;
const LATER: Lookup = { kind: 'later' };

/**
 * Finds what may be said of a serial number. The table answers where it can. A miss is one question to the database,
 * shared by all who ask the same; a serial number that has an intent and no certificate yet, a database that does not
 * answer in time, octets that were not examined or are forged: all `later` (REV-26, design section 5).
 */
export class CertificateLookup {
  readonly #deps: CertificateLookupDeps;
  readonly #questions = new Map<string, Promise<Lookup>>();

  constructor(deps: CertificateLookupDeps) {
    this.#deps = deps;
  }

  /** The answer when it needs no waiting. */
  peek(ca: string, serial: string): StatusEntry | undefined {
    const entry = this.#deps.table.find(ca, serial);
    return entry && (entry.status.kind !== 'good' || entry.genuine === true) ? entry : undefined;
  }

  async find(ca: string, serial: string): Promise<Lookup> {
    const entry = this.peek(ca, serial);
    if (entry) return { kind: 'certificate', entry };
    if (!isSerial(serial)) return { kind: 'never-issued' };
    if (!this.#deps.isLoaded()) return LATER;
    const key = `${ca} ${serial}`;
    let question = this.#questions.get(key);
    if (!question) {
      if (this.#questions.size >= MOST_QUESTIONS) return LATER;
      question = this.#ask(ca, serial).finally(() => this.#questions.delete(key));
      this.#questions.set(key, question);
    }
    return patiently(question, this.#deps.patience);
  }

  async #ask(ca: string, serial: string): Promise<Lookup> {
    const { table, lookUp, examiner, onError } = this.#deps;
    try {
      if (table.find(ca, serial)?.id === undefined) {
        const kind = await lookUp(ca, serial);
        if (kind !== 'issued') return kind === 'unknown' ? { kind: 'never-issued' } : LATER;
      }
      const entry = table.find(ca, serial);
      if (!entry) return LATER;
      if (entry.status.kind === 'good' && entry.genuine === undefined) await examiner.examine(entry);
      return this.peek(ca, serial) ? { kind: 'certificate', entry } : LATER;
    } catch (error) {
      onError(error);
      return LATER;
    }
  }
}

/** Serial numbers of ours are positive and have 8 to 20 octets; no other was ever issued. */
function isSerial(serial: string): boolean {
  return serial.length >= 16 && serial.length <= 40 && Number.parseInt(serial.slice(0, 2), 16) < 0x80;
}

async function patiently(question: Promise<Lookup>, milliseconds: number): Promise<Lookup> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Lookup>((resolve) => {
    timer = setTimeout(() => resolve(LATER), milliseconds);
  });
  try {
    return await Promise.race([question, late]);
  } finally {
    clearTimeout(timer);
  }
}
