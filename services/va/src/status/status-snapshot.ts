import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SignatureKey } from '../ocsp/signature-set.ts';
import { CHUNK_ROWS, RowChunks } from './row-chunks.ts';
import type { FeedPosition } from './status-feed.ts';
import type { KeptMemory } from './status-memory.ts';
import { emptyRows, type TableKey } from './status-table.ts';

/** All that a snapshot holds but the octets of the rows. */
export interface SnapshotHead {
  readonly v: 2;
  readonly instance: string;
  readonly table: TableKey;
  /** Octets a row of each of the columns. */
  readonly columns: readonly number[];
  /** Of the columns that hold signatures, in their order. */
  readonly signatures: readonly SignatureKey[];
  readonly memory: KeptMemory;
  readonly uncounted: readonly number[];
  readonly feed: FeedPosition;
  /** How long the answers are valid whose signatures are kept, in milliseconds. */
  readonly validity: number;
}

/** A snapshot as it was read. */
export interface Snapshot {
  readonly head: SnapshotHead;
  readonly rows: RowChunks;
  readonly columns: readonly RowChunks[];
  readonly runs: readonly Uint32Array<ArrayBuffer>[];
}

/** What a snapshot is made of besides its head. */
export interface SnapshotParts {
  readonly rows: RowChunks;
  /** What belongs to the rows, in the order of the head. */
  readonly columns: () => readonly RowChunks[];
  /** Of the directory's index: may tell of more rows than there are, never of fewer. */
  readonly runs: () => readonly Uint32Array[];
}

/** Proof that va itself wrote a digest. */
export type Mac = (digest: Uint8Array) => Uint8Array;

const MAGIC = new TextEncoder().encode('SEE-VA-STATUS-2\n');
const MAC = 48;
const MOST_HEAD = 256 * 1024 * 1024;
const MOST_RUNS = 0xffff;

/**
 * Writes all that is known into a file, durable when it returns; the old file stays until then. Rows may change
 * meanwhile: each is written as it was at some moment after `head` was made, with what the columns have of it at the same
 * moment. What changed since `head` has to be told again after a restart: the journal and the feed do. Rejects when a column
 * that was there at the beginning is gone.
 *
 * Layout: magic, length of the head (4 octets), head in JSON, then for each 16,384 rows: the rows, and for each column one
 * octet that says whether it has something, and that; then the number of runs of the directory's index, and for each its
 * length and octets; last a MAC over the SHA-256 of all before. Lengths have four octets.
 */
export async function writeSnapshot(
  path: string,
  head: SnapshotHead,
  { rows, columns, runs }: SnapshotParts,
  mac: Mac,
): Promise<void> {
  const aside = `${path}.new`;
  const before = columns();
  const hash = createHash('sha256');
  const file = await open(aside, 'w', 0o600);
  try {
    const write = async (octets: Uint8Array) => {
      hash.update(octets);
      await file.writeFile(octets);
    };
    const text = new TextEncoder().encode(JSON.stringify(head));
    await write(MAGIC);
    await write(lengthOctets(text.length));
    await write(text);
    for (let index = 0; index * CHUNK_ROWS < head.table.size; index += 1) {
      const count = rowsOf(head, index);
      // Copied at once, so that a row and its signature belong together.
      const status = rows.madeChunk(index).slice(0, count * rows.rowBytes);
      // All signatures were dropped, as when their delegate is revoked: `head` does not say any more whose they are.
      const present = new Set(columns());
      if (before.some((column) => !present.has(column))) throw new Error('the signatures were dropped meanwhile');
      const beside = before.map((column) => column.chunk(index)?.slice(0, count * column.rowBytes));
      await write(status);
      for (const octets of beside) {
        await write(Uint8Array.of(octets ? 1 : 0));
        if (octets) await write(octets);
      }
    }
    const index = runs();
    await write(lengthOctets(index.length));
    for (const { buffer, byteOffset, byteLength } of index) {
      await write(lengthOctets(byteLength));
      await write(new Uint8Array(buffer, byteOffset, byteLength));
    }
    await file.writeFile(mac(hash.digest()));
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(aside, { force: true });
    throw error;
  }
  await file.close();
  await rename(aside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A snapshot that can not be used. What it would have told has to be learned anew. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly code: 'damaged' | 'other-instance';

  constructor(code: SnapshotError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads a snapshot of this instance that this va wrote; undefined where there is none. Throws SnapshotError. */
export function readSnapshot(path: string, instance: string, mac: Mac): Snapshot | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    return read(new Source(file), instance, mac);
  } catch (error) {
    if (error instanceof SnapshotError) throw error;
    throw new SnapshotError('damaged', `the status snapshot cannot be read: ${(error as Error).message}`);
  } finally {
    closeSync(file);
  }
}

function read(source: Source, instance: string, mac: Mac): Snapshot {
  if (!Buffer.from(source.take(MAGIC.length)).equals(MAGIC)) throw damaged('it is no snapshot of this version');
  const length = Buffer.from(source.take(4)).readUInt32BE();
  if (length > MOST_HEAD) throw damaged('its head is too long');
  const head = JSON.parse(new TextDecoder().decode(source.take(length))) as SnapshotHead;
  const rows = emptyRows();
  const columns = head.columns.map((octets) => new RowChunks(octets / 4));
  for (let index = 0; index * CHUNK_ROWS < head.table.size; index += 1) {
    const count = rowsOf(head, index);
    source.fill(rows.madeChunk(index).subarray(0, count * rows.rowBytes));
    for (const column of columns) {
      if (source.take(1)[0] === 0) continue;
      source.fill(column.madeChunk(index).subarray(0, count * column.rowBytes));
    }
  }
  const runs = readRuns(source);
  const digest = source.digest();
  if (!Buffer.from(mac(digest)).equals(source.take(MAC)) || source.left !== 0) throw damaged('it was changed');
  if (head.v !== 2 || head.instance !== instance)
    throw new SnapshotError('other-instance', 'the status snapshot is of another instance');
  return { head, rows, columns, runs };
}

function readRuns(source: Source): Uint32Array<ArrayBuffer>[] {
  const count = Buffer.from(source.take(4)).readUInt32BE();
  if (count > MOST_RUNS) throw damaged('its index has too many parts');
  return Array.from({ length: count }, () => {
    const length = Buffer.from(source.take(4)).readUInt32BE();
    if (length % 8 !== 0) throw damaged('its index is cut off');
    return new Uint32Array(source.take(length).buffer);
  });
}

/** A file that is read from its beginning to its end, and hashed meanwhile. */
class Source {
  readonly #file: number;
  readonly #size: number;
  readonly #hash = createHash('sha256');
  #at = 0;

  constructor(file: number) {
    this.#file = file;
    this.#size = fstatSync(file).size;
  }

  get left(): number {
    return this.#size - this.#at;
  }

  take(count: number): Uint8Array<ArrayBuffer> {
    if (count > this.left) throw damaged('it is too short');
    const octets = new Uint8Array(count);
    this.fill(octets);
    return octets;
  }

  fill(target: Uint8Array): void {
    for (let done = 0; done < target.length; ) {
      const count = readSync(this.#file, target, done, target.length - done, null);
      if (count === 0) throw damaged('it is too short');
      done += count;
    }
    this.#at += target.length;
    this.#hash.update(target);
  }

  /** SHA-256 of what was read so far. */
  digest(): Uint8Array {
    return this.#hash.copy().digest();
  }
}

function rowsOf(head: SnapshotHead, chunk: number): number {
  return Math.min(CHUNK_ROWS, head.table.size - chunk * CHUNK_ROWS);
}

function lengthOctets(length: number): Uint8Array {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(length);
  return octets;
}

function damaged(message: string): SnapshotError {
  return new SnapshotError('damaged', `the status snapshot is not used: ${message}`);
}
