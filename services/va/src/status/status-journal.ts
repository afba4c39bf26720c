import { copyFile, type FileHandle, open } from 'node:fs/promises';
import { durableWrite } from '@see/keys';
import { type JournalEntry, readJournalLine, writeJournalLine } from './journal-line.ts';

/** What was found when the journal was opened. */
export interface JournalCondition {
  /** Lines that could not be read. The file is put aside with them, as `….damaged`, when a snapshot takes its place. */
  readonly damaged: number;
  /** Whether the last line was cut off, as a crash leaves it. */
  readonly torn: boolean;
}

/**
 * What this process has seen revoked, held and released, and the CRL numbers, since the last snapshot: a file that is only
 * appended to. `settle` returns when what was noted is on the disk.
 */
export class StatusJournal {
  readonly condition: JournalCondition;
  /** What the file held when it was opened, in its order. */
  readonly entries: readonly JournalEntry[];
  readonly #path: string;
  #file: FileHandle;
  #lines: number;
  #pending = '';
  #isFirst = true;
  /** Lines noted since `begin`; undefined outside of a snapshot. */
  #since: string | undefined;
  #working: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, read: JournalContent) {
    this.#path = path;
    this.#file = file;
    this.#lines = read.lines;
    this.entries = read.entries;
    this.condition = { damaged: read.damaged, torn: read.torn };
  }

  /** Opens the journal, or makes an empty one. */
  static async open(path: string): Promise<StatusJournal> {
    const file = await open(path, 'a+', 0o600);
    const text = await file.readFile('utf8');
    const read = readJournal(text);
    if (read.torn) await file.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
    return new StatusJournal(path, file, read);
  }

  /** Lines in the file. */
  get lines(): number {
    return this.#lines;
  }

  /** Takes up something that must not be forgotten. */
  note(entry: JournalEntry): void {
    const line = writeJournalLine(entry);
    this.#pending += line;
    this.#lines += 1;
    if (this.#since !== undefined) this.#since += line;
  }

  /** Returns when everything noted so far is durable. What could not be written is tried again at the next call. */
  settle(): Promise<void> {
    return this.#inTurn(async () => {
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
  }

  /** A snapshot begins, which will hold all that was noted before. */
  begin(): void {
    this.#since = '';
  }

  /** The snapshot is durable: the file holds what came after its beginning and no more. Rejects with the file as it was. */
  finish(): Promise<void> {
    return this.#inTurn(async () => {
      const [lines, unwritten] = [this.#since ?? '', this.#pending];
      this.#since = undefined;
      this.#pending = '';
      try {
        if (this.condition.damaged > 0 && this.#isFirst) await copyFile(this.#path, `${this.#path}.damaged`);
        durableWrite(this.#path, new TextEncoder().encode(lines));
      } catch (error) {
        this.#pending = unwritten + this.#pending;
        throw error;
      }
      this.#isFirst = false;
      this.#lines = (lines + this.#pending).split('\n').length - 1;
      const old = this.#file;
      this.#file = await open(this.#path, 'a+', 0o600);
      await old.close();
    });
  }

  /** There was no snapshot after all. */
  giveUp(): void {
    this.#since = undefined;
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    try {
      await this.settle();
    } finally {
      await this.#file.close();
    }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#working = this.#working.catch(() => undefined).then(work);
    return this.#working;
  }
}

interface JournalContent {
  readonly entries: readonly JournalEntry[];
  readonly lines: number;
  readonly damaged: number;
  readonly torn: boolean;
}

function readJournal(text: string): JournalContent {
  const lines = text.split('\n');
  const torn = lines.pop() !== '';
  const entries: JournalEntry[] = [];
  let damaged = 0;
  for (const line of lines) {
    if (line === '') continue;
    const entry = readJournalLine(line);
    if (entry) entries.push(entry);
    else damaged++;
  }
  return { entries, lines: lines.length, damaged, torn };
}
