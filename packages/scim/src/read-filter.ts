import { ScimError } from './scim-error.ts';

/** Attributes by which people are looked for. */
export const FILTERED = ['id', 'userName', 'externalId', 'emails'] as const;

export interface EqualityFilter {
  readonly attribute: (typeof FILTERED)[number];
  readonly value: string;
}

const EQUALITY =
  /^\s*(?:urn:ietf:params:scim:schemas:core:2\.0:User:)?(id|userName|externalId|emails)(\.value)?\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i;
const BRACKETS = /^\s*emails\[\s*(?:type\s+eq\s+"work"\s+and\s+)?value\s+eq\s+("(?:[^"\\]|\\.)*")\s*\]\s*$/i;
const MOST = 600;

/**
 * Reads a filter (RFC 7644 3.4.2.2) of the one form that is taken: an attribute equals a text. Attribute and operator have no case.
 * Throws ScimError `invalidFilter`.
 */
export function readFilter(text: string): EqualityFilter {
  const [, name, part, quoted = ''] = (text.length <= MOST && EQUALITY.exec(text)) || [];
  const attribute = FILTERED.find((one) => one.toLowerCase() === name?.toLowerCase());
  if (attribute && (part === undefined || attribute === 'emails')) return { attribute, value: unquoted(quoted) };
  const [, mail] = (text.length <= MOST && BRACKETS.exec(text)) || [];
  if (mail !== undefined) return { attribute: 'emails', value: unquoted(mail) };
  throw refused();
}

function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refused();
}

function refused(): ScimError {
  return new ScimError(
    400,
    `Only filters of the form userName eq "…" are taken, for ${FILTERED.join(', ')}.`,
    'invalidFilter',
  );
}
