import type { Batch } from '@see/db/ra';
import { batchQuorum, ORDER_STATES, readBatchContent } from '@see/domain';
import { Type } from '@see/http';
import { AgencyId, Hex48, Time, Uuid } from './fields.ts';

export const BatchSchema = Type.Object(
  {
    id: Uuid,
    agencyId: AgencyId,
    importId: Type.Union([Uuid, Type.Null()], { description: 'The import whose orders these are' }),
    count: Type.Integer(),
    quorum: Type.Integer({ description: 'Different persons who sign it until all of its orders are approved' }),
    digest: { ...Hex48, description: 'What an operator signs: SHA-384("see-pki/order-batch/v1" || 0x00 || content)' },
    states: Type.Object(Object.fromEntries(ORDER_STATES.map((state) => [state, Type.Optional(Type.Integer())])), {
      additionalProperties: false,
      description: 'Orders of the batch by the state that they are in now',
    }),
    createdBy: Type.String(),
    createdAt: Time,
  },
  { title: 'Batch' },
);

/** A batch as the API shows it. */
export function batchView(batch: Batch) {
  return {
    id: batch.id,
    agencyId: batch.agencyId,
    importId: batch.importId,
    count: batch.count,
    quorum: batchQuorum(readBatchContent(batch.content)),
    digest: batch.digest.toHex(),
    states: batch.states,
    createdBy: batch.createdBy,
    createdAt: batch.createdAt.toISOString(),
  };
}
