import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { durableWrite, type SealedStore } from '@see/keys';

/** One order that was taken up: digest, when it can no longer be used (seconds), and the serial numbers it got. */
export interface JournalEntry {
  readonly digest: string;
  readonly useBefore: number;
  readonly serials: readonly string[];
}

/**
 * The orders that were ever taken up for signing, on the signer's own disk. The database has the same fact under a
 * UNIQUE constraint; this copy holds when somebody rewrites the database. Each line carries a MAC of the sealed store.
 */
export class SignedJournal {
  readonly #path: string;
  readonly #store: SealedStore;
  readonly #entries = new Map<string, readonly string[]>();

  private constructor(path: string, store: SealedStore) {
    this.#path = path;
    this.#store = store;
  }

  /** Opens the journal, drops a torn last line, and forgets orders that can not be used any more. Throws on a bad MAC. */
  static open(path: string, store: SealedStore, now: number): SignedJournal {
    const journal = new SignedJournal(path, store);
    const kept: JournalEntry[] = [];
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const lines = text.split('\n');
    const torn = lines.pop();
    for (const [index, line] of lines.entries()) {
      const entry = journal.#read(line);
      if (!entry) throw new Error(`line ${index + 1} of the signed journal was changed`);
      if (entry.useBefore >= now) kept.push(entry);
    }
    if (torn !== '' || kept.length !== lines.length) {
      durableWrite(path, Buffer.from(kept.map((entry) => journal.#write(entry)).join('')));
    }
    for (const entry of kept) journal.#entries.set(entry.digest, entry.serials);
    return journal;
  }

  /** The serial numbers of an order that was taken up; undefined when it never was. */
  serialsOf(digest: string): readonly string[] | undefined {
    return this.#entries.get(digest);
  }

  /** Adds orders; durable when it returns. */
  append(entries: readonly JournalEntry[]): void {
    if (entries.length === 0) return;
    const file = openSync(this.#path, 'a', 0o600);
    try {
      writeSync(file, entries.map((entry) => this.#write(entry)).join(''));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    for (const entry of entries) this.#entries.set(entry.digest, entry.serials);
  }

  #write(entry: JournalEntry): string {
    const text = `${entry.digest} ${entry.useBefore} ${entry.serials.join(',')}`;
    return `${text} ${this.#mac(text)}\n`;
  }

  #read(line: string): JournalEntry | undefined {
    const end = line.lastIndexOf(' ');
    const text = line.slice(0, end);
    if (this.#mac(text) !== line.slice(end + 1)) return undefined;
    const [digest = '', useBefore = '', serials = ''] = text.split(' ');
    return { digest, useBefore: Number(useBefore), serials: serials.split(',') };
  }

  #mac(text: string): string {
    return this.#store.mac('signed-journal', Buffer.from(text)).subarray(0, 24).toHex();
  }
}
