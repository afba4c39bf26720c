import { RECOVERY_CAPACITIES, RECOVERY_STATES } from '@see/domain';
import { Type } from '@see/http';
import { AgencyId, Hex32, Hex48, PersonId, Time, Uuid } from './fields.ts';

export const RecoveryStateSchema = Type.Enum([...RECOVERY_STATES]);
export const CapacitySchema = Type.Enum([...RECOVERY_CAPACITIES]);

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

const members = {
  id: Uuid,
  state: RecoveryStateSchema,
  stateReason: orNull(Type.String()),
  certificate: Hex32,
  subjectId: PersonId,
  requesterId: PersonId,
  agencyId: AgencyId,
  capacity: CapacitySchema,
  legalBasis: Type.String(),
  purpose: Type.String(),
  messagesFrom: Time,
  messagesUntil: Time,
  recipient: Hex32,
  suppressNotice: orNull(Type.String()),
  digest: Hex48,
  createdAt: Time,
  expiresAt: Time,
  releasedAt: orNull(Time),
};

export const RecoverySchema = Type.Object(members, { title: 'Recovery' });

/** A recovery with its agents and what they have done. */
export const RecoveryDetailSchema = Type.Object(
  {
    ...members,
    agents: Type.Array(
      Type.Object({
        personId: PersonId,
        label: Type.String(),
        agencyId: AgencyId,
        keyId: Type.String({ description: 'Subject key identifier, hex' }),
      }),
    ),
    approvedBy: Type.Array(Type.Object({ personId: PersonId, at: Time })),
    openedBy: orNull(PersonId),
  },
  { title: 'RecoveryDetail' },
);
