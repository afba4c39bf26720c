import { findEvidence, findPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { evidencePolicy } from '../../operations/personal-evidence.ts';
import { withdrawItem } from '../../operations/record-evidence.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { EvidenceSchema, evidenceView } from '../../schemas/evidence.ts';

export function withdrawEvidenceRoute(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/evidence/:id/withdraw',
    {
      config: access('evidence.withdraw'),
      schema: {
        summary: 'Withdraw evidence that should not count; it stays on record',
        tags: ['people'],
        params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
        body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) }, { additionalProperties: false }),
        response: { 200: EvidenceSchema },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const find = async () => {
        const item = await findEvidence(ra.db, Number(request.params.id));
        if (!item) throw new Refusal('not-found', 'There is no evidence with this number.');
        return item;
      };
      const item = await find();
      const person = await findPerson(ra.db, item.personId);
      authorise(actor, 'evidence.withdraw', person?.agencyId ?? null);
      await withdrawItem(ra, actor, auditActor(request), item, request.body.reason);
      return evidenceView(await find(), evidencePolicy(ra), ra.now());
    },
  );
}
