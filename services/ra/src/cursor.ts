import { Refusal } from '@see/http';

/** Puts the place where the next page starts into a word for a URL. Clients must not read anything into it. */
export function writeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads a cursor of as many parts. Throws Refusal `bad-cursor`. */
export function readCursor(cursor: string, length: number): readonly (string | number)[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isCursor(parts) && parts.length === length) return parts;
  } catch {
    // Falls through to the refusal.
  }
  throw new Refusal('bad-cursor', 'The page marker is not one that we gave. Start again at the first page.');
}

/** A cursor of a number that must be a row's. */
export function readNumberCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const [id] = readCursor(cursor, 1);
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0)
    throw new Refusal('bad-cursor', 'Start again at the first page.');
  return id;
}

/** A cursor of a time and a UUID. */
export function readTimeCursor(cursor: string | undefined): { createdAt: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [time, id] = readCursor(cursor, 2);
  const createdAt = new Date(typeof time === 'number' ? time : Number.NaN);
  if (Number.isNaN(createdAt.getTime()) || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new Refusal('bad-cursor', 'Start again at the first page.');
  }
  return { createdAt, id };
}

/** A cursor of a name and an id. */
export function readNameCursor(cursor: string | undefined): { name: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [name, id] = readCursor(cursor, 2);
  if (typeof name !== 'string' || typeof id !== 'string')
    throw new Refusal('bad-cursor', 'Start again at the first page.');
  return { name, id };
}

/** A cursor of the day of a review, a kind and an id. */
export function readRecordCursor(
  cursor: string | undefined,
): { nextReviewAt: Date; kind: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [date, kind, id] = readCursor(cursor, 3);
  const nextReviewAt = new Date(String(date));
  if (typeof kind !== 'string' || typeof id !== 'string' || Number.isNaN(nextReviewAt.getTime()))
    throw new Refusal('bad-cursor', 'Start again at the first page.');
  return { nextReviewAt, kind, id };
}

function isCursor(value: unknown): value is readonly (string | number)[] {
  return Array.isArray(value) && value.every(isPart);
}

function isPart(part: unknown): boolean {
  return typeof part === 'number' || (typeof part === 'string' && part.length <= 300);
}
