import { findEvidence, findPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { evidencePolicy } from '../../operations/personal-evidence.ts';
import { type EvidenceWish, recordEvidence } from '../../operations/record-evidence.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { EvidenceKind, EvidenceMethodSchema, EvidenceSchema, evidenceView } from '../../schemas/evidence.ts';
import { Day, PersonId } from '../../schemas/fields.ts';

const Body = Type.Object(
  {
    kind: EvidenceKind,
    issuer: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    method: Type.Optional(EvidenceMethodSchema),
    sightedOn: Day,
    expiresOn: Type.Optional(Day),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false, title: 'EvidenceWish' },
);

export function addEvidence(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people/:id/evidence',
    {
      config: access('evidence.add'),
      schema: {
        summary: 'Record evidence of who a person is, that you have seen yourself',
        description: 'The number of a document is not asked for and not kept: leave it out of the note too.',
        tags: ['people'],
        params: Type.Object({ id: PersonId }),
        body: Body,
        response: { 201: EvidenceSchema },
      },
    },
    async (request, reply) => {
      const person = await findPerson(ra.db, request.params.id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      const actor = actorOf(request);
      authorise(actor, 'evidence.add', person.agencyId);
      const id = await recordEvidence(ra, actor, auditActor(request), person, request.body as EvidenceWish);
      const item = await findEvidence(ra.db, id);
      if (!item) throw new Refusal('not-found', 'The item was recorded and is gone.');
      return reply.code(201).send(evidenceView(item, evidencePolicy(ra), ra.now()));
    },
  );
}
