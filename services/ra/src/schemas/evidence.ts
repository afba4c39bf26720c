import type { EvidenceRow } from '@see/db/ra';
import { Type } from '@see/http';
import { EVIDENCE_METHODS, type EvidencePolicy, evidenceUntil, recordStanding } from '@see/policy';
import { Day, PersonId, Time, Uuid } from './fields.ts';
import { StandingSchema } from './person.ts';

export const EvidenceMethodSchema = Type.Enum([...EVIDENCE_METHODS]);
export const EvidenceKind = Type.String({ pattern: '^[a-z][a-z-]{2,40}$' });

const Text = Type.Union([Type.String(), Type.Null()]);

export const EvidenceSchema = Type.Object(
  {
    id: Type.Integer(),
    personId: PersonId,
    kind: EvidenceKind,
    issuer: Text,
    method: EvidenceMethodSchema,
    sightedOn: Day,
    sightedBy: PersonId,
    expiresOn: Type.Union([Day, Type.Null()]),
    note: Text,
    orderId: Type.Union([Uuid, Type.Null()], { description: 'The order with which a sponsor gave their word' }),
    recordedBy: PersonId,
    recordedAt: Time,
    countsUntil: Type.Union([Time, Type.Null()], { description: 'Null for what counts as nothing' }),
    standing: StandingSchema,
    withdrawnAt: Type.Union([Time, Type.Null()]),
    withdrawnBecause: Text,
  },
  { title: 'Evidence' },
);

/** An item as the API shows it. */
export function evidenceView({ agencyId: _, ...item }: EvidenceRow, policy: EvidencePolicy, now: Date) {
  const until = evidenceUntil(policy, item);
  return {
    ...item,
    countsUntil: until?.toISOString() ?? null,
    standing: until === null ? ('stale' as const) : recordStanding(until, now),
    recordedAt: item.recordedAt.toISOString(),
    withdrawnAt: item.withdrawnAt?.toISOString() ?? null,
  };
}
