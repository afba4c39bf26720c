import { ORDER_STATES } from '@see/domain';
import { Type, ViolationSchema } from '@see/http';
import { AgencyId, Hex48, PersonId, Time, Uuid } from './fields.ts';
import { RisksSchema } from './risk.ts';

export const OrderStateSchema = Type.Enum([...ORDER_STATES]);

const members = {
  id: Uuid,
  kind: Type.Union([Type.Literal('csr'), Type.Literal('person')]),
  state: OrderStateSchema,
  stateReason: Type.Union([Type.String(), Type.Null()]),
  agencyId: AgencyId,
  profiles: Type.Array(Type.String()),
  subject: Type.String(),
  names: Type.Array(Type.String()),
  applicantId: PersonId,
  sponsorId: PersonId,
  agentId: Type.Union([PersonId, Type.Null()]),
  quorum: Type.Integer({ description: 'Different persons who have to approve' }),
  dual: Type.Boolean({ description: 'On the dual list: one approval by a key that cannot be copied, and in no batch' }),
  risks: { ...RisksSchema, description: 'Why it needs more approvals than its profiles ask for' },
  approvals: Type.Integer(),
  digest: Type.Union([Hex48, Type.Null()], { description: 'What approvers sign; null until a code is bound' }),
  createdBy: Type.String(),
  createdAt: Time,
  approveBefore: Time,
  useBefore: Time,
};

export const OrderSchema = Type.Object(members, { title: 'Order' });

/** An order with what has happened to it. */
export const OrderDetailSchema = Type.Object(
  {
    ...members,
    enrolmentUrl: Type.Union([Type.String(), Type.Null()], { description: 'Where the person uses the code' }),
    warnings: Type.Array(ViolationSchema),
    approvedBy: Type.Array(
      Type.Object({ personId: PersonId, name: Type.String(), credentialId: Type.String(), at: Time }),
    ),
    refusal: Type.Union([Type.Object({ code: Type.String(), detail: Type.String(), at: Time }), Type.Null()]),
    renewal: Type.Union([Type.Object({ signedAt: Time, agreedAt: Type.Union([Time, Type.Null()]) }), Type.Null()], {
      description: 'When its holder signed the request for it, and when its sponsor agreed; null for other orders',
    }),
    certificates: Type.Array(Type.Object({ sha256: Type.String(), serial: Type.String(), profile: Type.String() })),
  },
  { title: 'OrderDetail' },
);
