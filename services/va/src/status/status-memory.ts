import { type FileHandle, open } from 'node:fs/promises';
import { durableWrite } from '@see/keys';
import type { Remembered } from './effective-status.ts';
import { type JournalEntry, readJournalLine, writeJournalLine } from './journal-line.ts';

/** What was found when the journal was opened. */
export interface JournalCondition {
  /** Lines that could not be read; they stay in the file. */
  readonly damaged: number;
  /** Whether the last line was cut off, as a crash leaves it. */
  readonly torn: boolean;
}

/** Dead lines that are kept before the file is written anew. */
const SPARE_LINES = 1000;

/**
 * What this process has ever seen revoked or held, and the highest CRL numbers, in a file that is only appended to:
 * the database can not make it forget. A change counts at once in memory; `settle` returns when it is on the disk.
 */
export class StatusMemory {
  readonly condition: JournalCondition;
  readonly #standings: Map<string, Remembered>;
  readonly #crlNumbers: Map<string, bigint>;
  readonly #file: FileHandle;
  #pending = '';
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, read: JournalContent) {
    this.#file = file;
    this.#standings = read.standings;
    this.#crlNumbers = read.crlNumbers;
    this.condition = { damaged: read.damaged, torn: read.torn };
  }

  /** Opens the journal, or makes an empty one. */
  static async open(path: string): Promise<StatusMemory> {
    const file = await open(path, 'a+', 0o600);
    const text = await file.readFile('utf8');
    const read = readJournal(text);
    if (read.torn) await file.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
    const live = read.standings.size + read.crlNumbers.size;
    if (read.damaged > 0 || read.lines <= 2 * live + SPARE_LINES) return new StatusMemory(file, read);
    await file.close();
    durableWrite(path, new TextEncoder().encode(liveLines(read)));
    return new StatusMemory(await open(path, 'a+', 0o600), read);
  }

  get(ca: string, serial: string): Remembered | undefined {
    return this.#standings.get(`${ca} ${serial}`);
  }

  /** Everything that stands, in no order. */
  *standings(): Generator<{ ca: string; serial: string; standing: Remembered }> {
    for (const [key, standing] of this.#standings) {
      const [ca = '', serial = ''] = key.split(' ');
      yield { ca, serial, standing };
    }
  }

  /** The highest CRL number seen of a CA; 0 before the first. */
  crlNumber(ca: string): bigint {
    return this.#crlNumbers.get(ca) ?? 0n;
  }

  /**
   * Remembers a standing. Revoked is never replaced by a hold, and a hold only by one with a higher id: else whoever
   * writes the database could show an earlier, released hold in place of the one that stands.
   */
  remember(ca: string, serial: string, standing: Remembered): void {
    const known = this.get(ca, serial);
    if (known && same(known, standing)) return;
    if (known && standing.kind === 'held' && !supersedes(standing, known)) return;
    this.#note({ kind: 'standing', ca, serial, standing });
  }

  /** Forgets a hold. The caller has verified the release. */
  release(ca: string, serial: string): void {
    if (this.get(ca, serial)?.kind === 'held') this.#note({ kind: 'released', ca, serial });
  }

  /** Remembers a CRL number; a lower one changes nothing. */
  rememberCrl(ca: string, number: bigint): void {
    if (number > this.crlNumber(ca)) this.#note({ kind: 'crl', ca, number });
  }

  /** Returns when everything noted so far is durable. What could not be written is tried again at the next call. */
  settle(): Promise<void> {
    const before = this.#writing.catch(() => undefined);
    this.#writing = before.then(async () => {
      const lines = this.#pending;
      if (lines === '') return;
      this.#pending = '';
      try {
        await this.#file.appendFile(lines);
        await this.#file.datasync();
      } catch (error) {
        // A part may have been written: its repetition is harmless, its torn last line is ended first.
        this.#pending = `\n${lines}${this.#pending}`;
        throw error;
      }
    });
    return this.#writing;
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    try {
      await this.settle();
    } finally {
      await this.#file.close();
    }
  }

  #note(entry: JournalEntry): void {
    apply(entry, this.#standings, this.#crlNumbers);
    this.#pending += writeJournalLine(entry);
  }
}

interface JournalContent {
  readonly standings: Map<string, Remembered>;
  readonly crlNumbers: Map<string, bigint>;
  readonly lines: number;
  readonly damaged: number;
  readonly torn: boolean;
}

function readJournal(text: string): JournalContent {
  const standings = new Map<string, Remembered>();
  const crlNumbers = new Map<string, bigint>();
  const lines = text.split('\n');
  const torn = lines.pop() !== '';
  let damaged = 0;
  for (const line of lines) {
    if (line === '') continue;
    const entry = readJournalLine(line);
    if (entry) apply(entry, standings, crlNumbers);
    else damaged++;
  }
  return { standings, crlNumbers, lines: lines.length, damaged, torn };
}

function apply(entry: JournalEntry, standings: Map<string, Remembered>, crlNumbers: Map<string, bigint>): void {
  if (entry.kind === 'crl') crlNumbers.set(entry.ca, entry.number);
  else if (entry.kind === 'standing') standings.set(`${entry.ca} ${entry.serial}`, entry.standing);
  else standings.delete(`${entry.ca} ${entry.serial}`);
}

function* entriesOf(content: JournalContent): Generator<JournalEntry> {
  for (const [ca, number] of content.crlNumbers) yield { kind: 'crl', ca, number };
  for (const [key, standing] of content.standings) {
    const [ca = '', serial = ''] = key.split(' ');
    yield { kind: 'standing', ca, serial, standing };
  }
}

function liveLines(content: JournalContent): string {
  let text = '';
  for (const entry of entriesOf(content)) text += writeJournalLine(entry);
  return text;
}

function supersedes(hold: Remembered, known: Remembered): boolean {
  return known.kind === 'held' && hold.holdId !== undefined && known.holdId !== undefined && hold.holdId > known.holdId;
}

function same(one: Remembered, other: Remembered): boolean {
  return (
    one.kind === other.kind &&
    one.reason === other.reason &&
    one.holdId === other.holdId &&
    second(one.revokedAt) === second(other.revokedAt) &&
    second(one.invalidityDate) === second(other.invalidityDate)
  );
}

function second(time: Date | undefined): number | undefined {
  return time && Math.floor(time.getTime() / 1000);
}
