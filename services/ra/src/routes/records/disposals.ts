import { type Disposal, listDisposals, listHolds } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { DISPOSABLE_KINDS, RETENTION } from '@see/policy';
import { auditActor } from '../../audit-actor.ts';
import { approveDisposal, liftHold, placeHold, proposeDisposal } from '../../operations/records/dispose.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { dateOf, PersonId, Time, Uuid } from '../../schemas/fields.ts';

const Kind = Type.Enum([...DISPOSABLE_KINDS]);
const Reason = Type.String({ minLength: 3, maxLength: 500 });
const Params = Type.Object({ id: Uuid });
const DisposalSchema = Type.Object(
  {
    id: Uuid,
    kind: Kind,
    cutOff: Time,
    authorityRef: Type.String(),
    proposedBy: PersonId,
    proposedAt: Time,
    approvedBy: Type.Array(PersonId),
    done: Type.Union([Type.Object({ records: Type.Integer(), sha256: Type.String(), at: Time }), Type.Null()]),
  },
  { title: 'Disposal' },
);

/** `/retention`, `/legal-holds` and `/disposals`: how long records are kept, and how they are disposed of. */
export function disposalRoutes(scope: App, ra: Ra): void {
  holdRoutes(scope, ra);
  scope.get(
    '/api/v1/retention',
    {
      config: access('retention.list'),
      schema: {
        summary: 'How long records of each kind are kept',
        tags: ['records'],
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                kind: Type.String(),
                retention: Type.Enum(['normal', 'extended']),
                covers: Type.String(),
                keepYears: Type.Union([Type.Integer(), Type.Null()]),
                why: Type.Union([Type.String(), Type.Null()], { description: 'Why it is kept for good' }),
              }),
            ),
          }),
        },
      },
    },
    async () => ({ items: RETENTION.map((rule) => ({ ...rule })) }),
  );
  scope.get(
    '/api/v1/disposals',
    {
      config: access('disposal.list'),
      schema: {
        summary: 'Disposals, proposed and carried out',
        tags: ['records'],
        response: { 200: Type.Object({ items: Type.Array(DisposalSchema) }) },
      },
    },
    async () => ({ items: (await listDisposals(ra.db)).map(view) }),
  );
  scope.post(
    '/api/v1/disposals',
    {
      config: access('disposal.propose'),
      schema: {
        summary: 'Propose to dispose of what ended before a time, under an authority',
        tags: ['records'],
        body: Type.Object(
          { kind: Kind, cutOff: Time, authorityRef: Type.String({ minLength: 3, maxLength: 200 }) },
          { additionalProperties: false },
        ),
        response: { 201: DisposalSchema },
      },
    },
    async (request, reply) => {
      const { kind, authorityRef } = request.body;
      const wish = { kind, authorityRef, cutOff: dateOf(request.body.cutOff, 'body/cutOff') };
      return reply.code(201).send(view(await proposeDisposal(ra, actorOf(request), auditActor(request), wish)));
    },
  );
  scope.post(
    '/api/v1/disposals/:id/approve',
    {
      config: access('disposal.approve'),
      schema: {
        summary: 'Approve a disposal; with the second approval, by another person, it is carried out',
        tags: ['records'],
        params: Params,
        response: { 200: DisposalSchema },
      },
    },
    async (request) => view(await approveDisposal(ra, actorOf(request), auditActor(request), request.params.id)),
  );
}

function holdRoutes(scope: App, ra: Ra): void {
  const Hold = Type.Object(
    {
      id: Uuid,
      kind: Type.Union([Kind, Type.Null()], { description: 'Null holds every kind' }),
      reason: Type.String(),
      placedBy: PersonId,
      placedAt: Time,
      lifted: Type.Union([Type.Object({ by: PersonId, at: Time, reason: Type.String() }), Type.Null()]),
    },
    { title: 'LegalHold' },
  );
  scope.get(
    '/api/v1/legal-holds',
    {
      config: access('legal-hold.list'),
      schema: {
        summary: 'Legal holds, lifted ones too',
        tags: ['records'],
        response: { 200: Type.Object({ items: Type.Array(Hold) }) },
      },
    },
    async () => ({
      items: (await listHolds(ra.db)).map(({ placedAt, lifted, ...hold }) => ({
        ...hold,
        placedAt: placedAt.toISOString(),
        lifted: lifted && { ...lifted, at: lifted.at.toISOString() },
      })),
    }),
  );
  scope.post(
    '/api/v1/legal-holds',
    {
      config: access('legal-hold.place'),
      schema: {
        summary: 'Place a legal hold: nothing of the kind is disposed of until it is lifted',
        tags: ['records'],
        body: Type.Object({ kind: Type.Optional(Kind), reason: Reason }, { additionalProperties: false }),
        response: { 201: Type.Object({ id: Uuid }) },
      },
    },
    async (request, reply) =>
      reply.code(201).send({ id: await placeHold(ra, actorOf(request), auditActor(request), request.body) }),
  );
  scope.post(
    '/api/v1/legal-holds/:id/lift',
    {
      config: access('legal-hold.lift'),
      schema: {
        summary: 'Lift a legal hold',
        tags: ['records'],
        params: Params,
        body: Type.Object({ reason: Reason }, { additionalProperties: false }),
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    async (request) => {
      await liftHold(ra, actorOf(request), auditActor(request), request.params.id, request.body.reason);
      return { id: request.params.id };
    },
  );
}

function view({ cutOff, proposedAt, approvedBy, done, ...disposal }: Disposal) {
  return {
    ...disposal,
    cutOff: cutOff.toISOString(),
    proposedAt: proposedAt.toISOString(),
    approvedBy: [...approvedBy],
    done: done && { records: done.records, sha256: done.sha256.toHex(), at: done.at.toISOString() },
  };
}
