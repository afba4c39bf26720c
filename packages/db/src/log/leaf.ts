import { type CanonicalValue, canonicalBytes, canonicalJson } from '@see/statement';

/** An audit event as the database has it. `actor` and `detail` are the text of the jsonb columns, so that nothing is rounded. */
export interface AuditEventRow {
  readonly id: number;
  readonly at: Date;
  readonly login: string;
  readonly kind: string;
  readonly outcome: string;
  readonly actor: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly detail: string;
}

/**
 * What is hashed for an event: the canonical bytes of { id, at, login, kind, outcome, actor, objectType, objectId, detail },
 * `at` in ISO 8601 with milliseconds. Every event that a database can hold has its bytes, and two events have the same only
 * when they are the same (to the millisecond): an `actor` or `detail` without canonical form, which our own writer refuses but
 * another login could write, goes in as its text under `actorText` or `detailText`.
 */
export function auditLeafData(event: AuditEventRow): Uint8Array {
  const { id, login, kind, outcome, objectType, objectId } = event;
  const facts = { id, at: event.at.toISOString(), login, kind, outcome, objectType, objectId };
  return canonicalBytes({ ...facts, ...member('actor', event.actor), ...member('detail', event.detail) });
}

function member(name: 'actor' | 'detail', text: string): { readonly [key: string]: CanonicalValue } {
  try {
    const value = { [name]: JSON.parse(text, exactNumber) as CanonicalValue };
    canonicalJson(value);
    return value;
  } catch {
    return { [`${name}Text`]: text };
  }
}

/** Refuses numbers that are not written as integers: 1.0 and 1 would be the same value. */
function exactNumber(_: string, value: unknown, place?: { readonly source?: string }): unknown {
  if (typeof value === 'number' && String(value) !== place?.source) throw new RangeError('not a canonical integer');
  return value;
}
