import { findPerson, listEvidence } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { assessPerson, evidencePolicy } from '../../operations/personal-evidence.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { EvidenceSchema, evidenceView } from '../../schemas/evidence.ts';
import { PersonId } from '../../schemas/fields.ts';

const Assessment = Type.Object(
  {
    type: Type.String(),
    enough: Type.Boolean(),
    used: Type.Array(Type.String(), { description: 'What counts, when it is enough' }),
    missing: Type.Array(Type.String(), { description: 'What is missing or too old, a sentence each' }),
  },
  { title: 'EvidenceAssessment' },
);

export function listPersonEvidence(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/people/:id/evidence',
    {
      config: access('evidence.list'),
      schema: {
        summary: 'The evidence on record of a person, and what it is enough for today',
        description: 'Without the word that a sponsor may give with an order.',
        tags: ['people'],
        params: Type.Object({ id: PersonId }),
        response: {
          200: Type.Object({
            policy: Type.String(),
            items: Type.Array(EvidenceSchema),
            assessments: Type.Array(Assessment),
          }),
        },
      },
    },
    async (request) => {
      const person = await findPerson(ra.db, request.params.id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      authorise(actorOf(request), 'evidence.list', person.agencyId);
      const policy = evidencePolicy(ra);
      const [items, assessed] = await Promise.all([
        listEvidence(ra.db, person.id),
        assessPerson(ra, person, Object.keys(policy.types), null),
      ]);
      return {
        policy: policy.id,
        items: items.map((item) => evidenceView(item, evidencePolicy(ra), ra.now())),
        assessments: [...assessed].map(([type, found]) => ({
          type,
          enough: found.ok,
          used: found.ok ? Object.values(found.used) : [],
          missing: found.ok ? [] : found.missing.map(({ message }) => message),
        })),
      };
    },
  );
}
