import { canonicalJson } from '@see/statement';

/** Longest text of one member of an audit event, in characters. */
const MAX_CHARACTERS = 32_768;

/**
 * The text of a value for a jsonb column of an audit event. Dates become ISO 8601, octets hex, bigints decimal text, members
 * that are undefined are left out; NUL and lone surrogates, which PostgreSQL does not keep, become U+FFFD, so that text from
 * outside never stops the event that reports it. What is left must have a canonical form (RFC 8785 without fractions), because
 * the log hashes that: throws CanonicalError for fractions and values nested deeper than 11, RangeError beyond 32,768 characters.
 */
export function auditJson(member: string, value: object): string {
  const text = JSON.stringify(value, plain);
  if (text.length > MAX_CHARACTERS) throw new RangeError(`${member} of an audit event is too long`);
  canonicalJson({ [member]: JSON.parse(text) as unknown });
  return text;
}

function plain(_: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '�');
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return value.toHex();
  return value;
}
