import { findLifeEvent, findPerson } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { declareLifeEvent, type LifeEventWish, previewLifeEvent } from '../../operations/life-event/declare.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, dateOf, Hex32, PersonId, Time } from '../../schemas/fields.ts';
import { LifeEventKindSchema, LifeEventSchema, lifeEventView, PlannedActionSchema } from '../../schemas/life-event.ts';

const Name = Type.String({ minLength: 1, maxLength: 64 });

const Body = Type.Object(
  {
    kind: LifeEventKindSchema,
    effectiveAt: Type.Optional(Time),
    happenedAt: Type.Optional(Time),
    certificates: Type.Optional(Type.Array(Hex32, { minItems: 1, maxItems: 100 })),
    toAgencyId: Type.Optional(AgencyId),
    email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
    givenName: Type.Optional(Name),
    surname: Type.Optional(Name),
    displayName: Type.Optional(Name),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say what it would do' })),
  },
  { additionalProperties: false, title: 'LifeEventWish' },
);

const Preview = Type.Object({ effectiveAt: Time, actions: Type.Array(PlannedActionSchema) });

export function declareLifeEventRoute(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/people/:id/life-events',
    {
      config: access('person.event'),
      schema: {
        summary: 'Declare that a person leaves, dies, moves, is renamed, or has lost a token or key',
        description:
          'One declaration acts on all of the person’s certificates, with the right reason, in one transaction; later if it takes effect later.',
        tags: ['people'],
        params: Type.Object({ id: PersonId }),
        body: Body,
        response: { 200: Preview, 201: LifeEventSchema },
      },
    },
    async (request, reply) => {
      const person = await findPerson(ra.db, request.params.id);
      if (!person) throw new Refusal('not-found', 'There is no person with this id.');
      const actor = actorOf(request);
      authorise(actor, 'person.event', person.agencyId);
      const { dryRun, effectiveAt, happenedAt, ...rest } = request.body;
      const wish = {
        ...rest,
        ...(effectiveAt === undefined ? {} : { effectiveAt: dateOf(effectiveAt, 'body/effectiveAt') }),
        ...(happenedAt === undefined ? {} : { happenedAt: dateOf(happenedAt, 'body/happenedAt') }),
      } as LifeEventWish;
      if (dryRun) {
        const preview = await previewLifeEvent(ra, actor, person, wish);
        return reply.send({ ...preview, effectiveAt: preview.effectiveAt.toISOString() });
      }
      const { id } = await declareLifeEvent(ra, actor, auditActor(request), person, wish);
      const event = await findLifeEvent(ra.db, id);
      if (!event) throw new Refusal('not-found', 'The event was declared and is gone.');
      return reply.code(201).send(lifeEventView(event));
    },
  );
}
