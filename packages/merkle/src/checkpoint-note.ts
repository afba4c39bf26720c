import { HASH_OCTETS } from './hash.ts';
import { isTreeSize } from './subtree.ts';

/** What a log says of itself at one moment. */
export interface Checkpoint {
  /** The log's name, for instance `see-pki/<instance>/log`. */
  readonly origin: string;
  /** How many leaves it has. */
  readonly size: number;
  /** Their root, 32 octets. */
  readonly root: Uint8Array;
}

/** One signature under a checkpoint. What the octets mean is for who made them. */
export interface NoteSignature {
  readonly name: string;
  readonly value: Uint8Array;
}

/** A note that was read. `text` is what is signed: the three lines, each with its line end. */
export interface CheckpointNote extends Checkpoint {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Text that is no checkpoint note. The message names the line. */
export class CheckpointNoteError extends Error {
  override readonly name = 'CheckpointNoteError';
  readonly code: 'note-too-large' | 'note-malformed';

  constructor(code: CheckpointNoteError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const MAX_NOTE_CHARACTERS = 16_384;
const MAX_SIGNATURES = 16;
const ORIGIN = /^[\x21-\x7e]{1,200}$/;
const NAME = /^[A-Za-z0-9_.:/-]{1,200}$/;
const SIZE = /^(0|[1-9][0-9]{0,15})$/;

/** The name of an instance's audit log. */
export function auditLogOrigin(instance: string): string {
  return `see-pki/${instance}/log`;
}

/** The three lines that are signed (as C2SP tlog-checkpoint): origin, size in decimal, root in base64. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!ORIGIN.test(origin)) throw new RangeError('an origin is printable ASCII without spaces');
  if (!isTreeSize(size)) throw new RangeError('a tree has a whole number of leaves');
  if (root.length !== HASH_OCTETS) throw new RangeError('a root has 32 octets');
  return `${origin}\n${size}\n${root.toBase64()}\n`;
}

/** The note: the text, an empty line, and a line for each signature, `— name base64`. */
export function writeCheckpointNote(checkpoint: Checkpoint, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(({ name, value }) => {
    if (!NAME.test(name) || value.length === 0) throw new RangeError('a signature has a plain name and octets');
    return `— ${name} ${value.toBase64()}\n`;
  });
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) throw new RangeError('a note has 1 to 16 signatures');
  return `${checkpointText(checkpoint)}\n${lines.join('')}`;
}

/**
 * Reads a note of at most 16 KiB. Guarantees that writing what was read gives the same text, so no two texts mean the
 * same checkpoint. No signature is verified. Throws CheckpointNoteError.
 */
export function parseCheckpointNote(note: string): CheckpointNote {
  if (note.length > MAX_NOTE_CHARACTERS) throw new CheckpointNoteError('note-too-large', 'a note has at most 16 KiB');
  const [origin, size, root, empty, ...rest] = note.split('\n');
  if (!origin || !ORIGIN.test(origin)) throw malformed('line 1 is not an origin');
  if (!size || !SIZE.test(size) || !isTreeSize(Number(size))) throw malformed('line 2 is not a size');
  const rootHash = base64(root);
  if (rootHash?.length !== HASH_OCTETS) throw malformed('line 3 is not a root in base64');
  if (empty !== '') throw malformed('line 4 is not empty');
  if (rest.pop() !== '') throw malformed('the last line has no end');
  if (rest.length === 0 || rest.length > MAX_SIGNATURES) throw malformed('a note has 1 to 16 signatures');
  const signatures = rest.map(readSignature);
  const checkpoint = { origin, size: Number(size), root: rootHash };
  return { ...checkpoint, text: checkpointText(checkpoint), signatures };
}

function readSignature(line: string, at: number): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(' ');
  const value = base64(encoded);
  if (dash !== '—' || !name || !NAME.test(name) || !value || value.length === 0 || more.length > 0)
    throw malformed(`line ${at + 5} is not a signature`);
  return { name, value };
}

/** Octets of canonical base64 with padding, undefined for anything else. */
function base64(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    const value = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
    return value.toBase64() === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function malformed(message: string): CheckpointNoteError {
  return new CheckpointNoteError('note-malformed', message);
}
