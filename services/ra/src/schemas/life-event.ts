import type { LifeEvent } from '@see/db/ra';
import { LIFE_EVENT_KINDS } from '@see/domain';
import { Type } from '@see/http';
import type { planView } from '../operations/life-event/plan-life-event.ts';
import { AgencyId, PersonId, Time } from './fields.ts';

export const LifeEventKindSchema = Type.Enum([...LIFE_EVENT_KINDS]);

const Text = Type.Union([Type.String(), Type.Null()]);

/** What an event does, or did, to one certificate. */
export const PlannedActionSchema = Type.Object(
  {
    sha256: Type.String(),
    serial: Type.String(),
    profile: Type.String(),
    action: Type.Union([Type.Literal('revoke'), Type.Literal('hold'), Type.Literal('none')]),
    reason: Text,
    because: Text,
  },
  { title: 'PlannedAction' },
);

export const LifeEventSchema = Type.Object(
  {
    id: Type.Integer(),
    personId: PersonId,
    agencyId: Type.Union([AgencyId, Type.Null()]),
    kind: LifeEventKindSchema,
    effectiveAt: Time,
    happenedAt: Type.Union([Time, Type.Null()]),
    note: Text,
    declaredBy: Type.String({ description: 'A person id, or hr-feed: and the id of a feed' }),
    declaredAt: Time,
    state: Type.Union([Type.Literal('planned'), Type.Literal('carried-out'), Type.Literal('called-off')]),
    endedAt: Type.Union([Time, Type.Null()]),
    reason: Text,
    actions: Type.Array(PlannedActionSchema),
  },
  { title: 'LifeEvent' },
);

/** An event as the API shows it. */
export function lifeEventView(event: LifeEvent) {
  return {
    id: event.id,
    personId: event.personId,
    agencyId: event.agencyId,
    kind: event.kind,
    effectiveAt: event.effectiveAt.toISOString(),
    happenedAt: event.happenedAt?.toISOString() ?? null,
    note: event.note,
    declaredBy: event.declaredBy,
    declaredAt: event.declaredAt.toISOString(),
    state: event.outcome ?? ('planned' as const),
    endedAt: event.endedAt?.toISOString() ?? null,
    reason: event.reason,
    actions: (event.actions ?? []) as ReturnType<typeof planView>[],
  };
}
