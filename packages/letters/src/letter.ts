/** One part of a letter. Both its faces, plain text and HTML, are made of the same parts and say the same. */
export type Part =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** A code or an address that stands by itself, to be copied as it is. */
  | { readonly kind: 'alone'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'list' | 'steps'; readonly items: readonly string[] };

/** A table that goes with a letter as a file; the first row is its head. */
export interface LetterTable {
  /** The file's name without its ending. */
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** What a mail says, in plain English, before it has a recipient. */
export interface Letter {
  readonly subject: string;
  readonly parts: readonly Part[];
  readonly table?: LetterTable;
}

/** A letter that can not be sent as it is. Nothing was composed. */
export class LetterError extends Error {
  override readonly name = 'LetterError';
  readonly code: 'bad-address' | 'bad-header' | 'bad-text';

  constructor(code: LetterError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Whether a text is one line of characters that can be seen: no control character, line or paragraph separator, and none
 * that turns the direction of writing, so that what a name holds can neither end a line nor hide what follows it.
 */
export function isOneLine(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u.test(text);
}

/** Every text that a part shows. */
export function textsOf(part: Part): readonly string[] {
  if (part.kind === 'link') return [part.url];
  return 'items' in part ? part.items : [part.text];
}

/**
 * Refuses a letter in which any text or cell is more than one line, whose subject is empty or too long, or whose table has a
 * name that is none for a file. Throws LetterError.
 */
export function assertLetter({ subject, parts, table }: Letter): void {
  if (!isOneLine(subject) || subject.trim() === '' || subject.length > 150)
    throw new LetterError('bad-header', 'a subject is one line of 1 to 150 characters');
  for (const text of parts.flatMap(textsOf)) {
    if (!isOneLine(text) || text === '') throw new LetterError('bad-text', 'a text of a letter is one line');
  }
  if (table && !/^[a-z][a-z-]{0,40}$/.test(table.name)) throw new LetterError('bad-header', 'not the name of a table');
  if (table?.rows.flat().some((cell) => !isOneLine(cell)))
    throw new LetterError('bad-text', 'a cell of a table is one line');
  for (const part of parts) {
    if (part.kind === 'link' && !/^https?:\/\/[\x21-\x7e]+$/.test(part.url))
      throw new LetterError('bad-text', 'a link is an address of this service');
  }
}
