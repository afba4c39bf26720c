/** Values that a statement may hold: a deliberate subset of JSON without fractions. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

export type CanonicalErrorCode = 'not-canonical' | 'not-json' | 'bad-number' | 'bad-string' | 'bad-value' | 'too-deep';

/** A value or text that has no canonical form here. `path` names the place as `$.a[0]`. */
export class CanonicalError extends Error {
  readonly code: CanonicalErrorCode;
  readonly path: string;
  constructor(code: CanonicalErrorCode, path: string, detail: string) {
    super(`${path}: ${detail}`);
    this.name = 'CanonicalError';
    this.code = code;
    this.path = path;
  }
}

const MAX_DEPTH = 12;

/**
 * The canonical text of a value (RFC 8785), with two rules of our own: numbers are safe integers only, and strings
 * are well-formed Unicode. Equal values give equal bytes, so a digest of the text is a digest of the value.
 * Throws CanonicalError for anything else (undefined, holes in lists, fractions, lone surrogates, class instances, depth over 12).
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) throw new CanonicalError('too-deep', path, `nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      throw new CanonicalError('bad-number', path, 'only safe integers are allowed');
    }
    return String(value);
  }
  if (typeof value === 'string') return writeString(value, path);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`, depth + 1)).join(',')}]`;
  }
  if (typeof value === 'object' && isPlain(value)) {
    // RFC 8785 3.2.3: properties are sorted by their UTF-16 code units, which is what sort() does.
    const members = Object.keys(value)
      .sort()
      .map((key) => {
        const member = (value as Record<string, unknown>)[key];
        return `${writeString(key, path)}:${write(member, `${path}.${key}`, depth + 1)}`;
      });
    return `{${members.join(',')}}`;
  }
  throw new CanonicalError('bad-value', path, `a ${typeof value} has no canonical form`);
}

function writeString(value: string, path: string): string {
  if (!value.isWellFormed()) throw new CanonicalError('bad-string', path, 'lone surrogate');
  return JSON.stringify(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The canonical text as UTF-8 octets. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalJson(value));
}

/**
 * Reads canonical bytes. Guarantees that writing the result again gives the same bytes, so duplicate keys, other
 * spellings and white space are refused (`not-canonical`). What the value means is not checked.
 */
export function parseCanonical(bytes: Uint8Array): CanonicalValue {
  let value: CanonicalValue;
  let text: string;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text) as CanonicalValue;
  } catch {
    throw new CanonicalError('not-json', '$', 'not UTF-8 JSON');
  }
  if (canonicalJson(value) !== text) throw new CanonicalError('not-canonical', '$', 'not in canonical form (RFC 8785)');
  return value;
}
