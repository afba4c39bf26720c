import { Refusal, Type } from '@see/http';

/** Fields that several resources have. Text from outside is bounded in length everywhere. */
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
/** The forms of an agency's id and of its own number for somebody. */
export const AGENCY_ID = '^[a-z0-9][a-z0-9-]{0,62}$';
export const EXTERNAL_ID = '^[\\x21-\\x7e]([\\x20-\\x7e]{0,62}[\\x21-\\x7e])?$';
export const AgencyId = Type.String({ pattern: AGENCY_ID, description: 'Id of an agency' });
export const PersonId = Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{16}$', description: 'Permanent id of a person' });
export const Hex32 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Lower-case hex of 32 octets' });
export const Hex48 = Type.String({ pattern: '^[0-9a-f]{96}$', description: 'Lower-case hex of 48 octets' });
export const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 90_000 });
export const Time = Type.String({ description: 'ISO 8601, UTC' });

export const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'Like 2026-11-22' });
export const Month = Type.String({ pattern: '^[0-9]{4}-(?:0[1-9]|1[0-2])$', description: 'Like 2026-11' });
/** An agency's own number for somebody: printable, no blanks at the ends. */
export const ExternalId = Type.String({
  pattern: EXTERNAL_ID,
  description: "The agency's own number for a person, unique among those who are with it",
});

/** Query members of every list. Numbers in a query are text; nothing is converted by the server's framework. */
export const pageQuery = {
  limit: Type.Optional(
    Type.String({ pattern: '^(?:[1-9]|[1-9][0-9]|1[0-9]{2}|200)$', description: '1 to 200; 50 when absent' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 600, description: 'The `next` of the page before' })),
};

export const Next = Type.Union([Type.String(), Type.Null()], {
  description: 'Cursor of the next page; null at the end',
});

/** The page size asked for. */
export function pageSize(limit: string | undefined): number {
  return limit === undefined ? 50 : Number(limit);
}

/** A time that a client sent, as a Date. Throws Refusal `invalid-request`. */
export function dateOf(text: string, path: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/.test(text) || Number.isNaN(date.getTime())) {
    const message = 'Must be a time in UTC like 2026-11-22T10:00:00Z';
    throw new Refusal('invalid-request', `${message} (${path}).`, {
      violations: [{ code: 'wrong-form', path, message }],
    });
  }
  return date;
}
