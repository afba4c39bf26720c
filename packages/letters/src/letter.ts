import { ENGLISH, type SafeHtml, type Speech, speechOf } from '@see/language';
import { mi } from './messages/mi.ts';

/** A text of `t`: a letter says it in both languages. */
export type Words = SafeHtml;

/** One part of a letter. Both its faces, plain text and HTML, are made of the same parts and say the same. */
export type Part =
  | { readonly kind: 'paragraph'; readonly text: Words }
  /** A code or an address that stands by itself, to be copied as it is: once, for readers of both languages. */
  | { readonly kind: 'alone'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'list' | 'steps'; readonly items: readonly Words[] };

/** A part that is said, so twice. */
export type SpokenPart = Extract<Part, { readonly kind: 'paragraph' | 'list' | 'steps' }>;

/** A table that goes with a letter as a file. */
export interface LetterTable {
  /** The file's name without its ending. */
  readonly name: string;
  /** The names of its columns. */
  readonly head: readonly Words[];
  readonly rows: readonly (readonly string[])[];
}

/** What a mail says before it has a recipient. We keep no language of people, so it says everything in both. */
export interface Letter {
  readonly subject: Words;
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

/** How letters speak, in this order: English, then te reo Māori. */
export const SPEECHES: readonly [Speech, Speech] = [ENGLISH, speechOf('mi', mi)];

/** A short text in both languages, on one line: “English | te reo Māori”. */
export function inBoth(words: Words): string {
  return SPEECHES.map((speech) => words.textIn(speech)).join(' | ');
}

/** The subject as it stands in the mail. */
export function subjectText({ subject }: Letter): string {
  return inBoth(subject);
}

/** The rows of a table's file; the first is its head. */
export function tableRows({ head, rows }: LetterTable): readonly (readonly string[])[] {
  return [head.map(inBoth), ...rows];
}

/**
 * Whether a text is one line of characters that can be seen: no control character, line or paragraph separator, and none
 * that turns the direction of writing, so that what a name holds can neither end a line nor hide what follows it.
 */
export function isOneLine(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u.test(text);
}

/** Every text that a part shows: all of English, then all of te reo Māori, and what stands once. */
export function textsOf(part: Part): readonly string[] {
  if (part.kind === 'link') return [part.url];
  if (part.kind === 'alone') return [part.text];
  const words = part.kind === 'paragraph' ? [part.text] : part.items;
  return SPEECHES.flatMap((speech) => words.map((one) => one.textIn(speech)));
}

/** Most characters of a subject, both languages together. */
const LONGEST_SUBJECT = 150;

/**
 * Refuses a letter in which any text or cell is more than one line, whose subject is empty or too long, or whose table has a
 * name that is none for a file. Throws LetterError.
 */
export function assertLetter(letter: Letter): void {
  const { parts, table } = letter;
  const subject = subjectText(letter);
  if (!isOneLine(subject) || isEmpty(letter.subject) || subject.length > LONGEST_SUBJECT)
    throw new LetterError('bad-header', `a subject is one line of 1 to ${LONGEST_SUBJECT} characters`);
  for (const text of parts.flatMap(textsOf)) {
    if (!isOneLine(text) || text === '') throw new LetterError('bad-text', 'a text of a letter is one line');
  }
  if (table && !/^[a-z][a-z-]{0,40}$/.test(table.name)) throw new LetterError('bad-header', 'not the name of a table');
  if (table && !tableRows(table).flat().every(isOneLine))
    throw new LetterError('bad-text', 'a cell of a table is one line');
  for (const part of parts) {
    if (part.kind === 'link' && !/^https?:\/\/[\x21-\x7e]+$/.test(part.url))
      throw new LetterError('bad-text', 'a link is an address of this service');
  }
}

function isEmpty(words: Words): boolean {
  return SPEECHES.some((speech) => words.textIn(speech).trim() === '');
}
