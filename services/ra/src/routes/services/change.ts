import { type App, actorOf, Type } from '@see/http';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import {
  addFinding,
  addService,
  type By,
  closeFinding,
  removeService,
  reviewService,
} from '../../operations/catalogue/change-catalogue.ts';
import { catalogueEntry } from '../../operations/catalogue/read-catalogue.ts';
import { access, authorise, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Day, Uuid } from '../../schemas/fields.ts';
import { NewFinding, Note, ServiceSchema, serviceView } from '../../schemas/service.ts';

const Params = Type.Object({ id: Uuid });
const Wish = Type.Object(
  {
    agencyId: AgencyId,
    kind: Type.Enum(['service', 'site']),
    name: Type.String({ minLength: 3, maxLength: 120 }),
    url: Type.String({ maxLength: 500 }),
    highRisk: Type.Boolean(),
  },
  { additionalProperties: false, title: 'ServiceWish' },
);

export function byOf(request: FastifyRequest): By {
  return { actor: actorOf(request), audit: auditActor(request) };
}

export function changeServiceRoutes(scope: App, ra: Ra): void {
  const view = async (request: FastifyRequest, id: string) =>
    serviceView(await catalogueEntry(ra, actorOf(request), 'service.show', id));
  const told = (operation: Operation, summary: string) => ({
    config: access(operation),
    schema: { summary, tags: ['services'], params: Params, response: { 200: ServiceSchema } },
  });
  scope.post(
    '/api/v1/services',
    {
      config: access('service.add'),
      schema: {
        summary: 'Add a service or site to the catalogue',
        description: 'Its host must be within a domain of the agency. Its site is looked at within ten minutes.',
        tags: ['services'],
        body: Wish,
        response: { 201: ServiceSchema },
      },
    },
    async (request, reply) => {
      authorise(actorOf(request), 'service.add', request.body.agencyId);
      const id = await addService(ra, byOf(request), request.body);
      return reply.code(201).send(await view(request, id));
    },
  );
  const review = told('service.review', 'Say that the content was reviewed on a day');
  const Review = Type.Object({ reviewedOn: Day, note: Note }, { additionalProperties: false });
  scope.post(
    '/api/v1/services/:id/reviews',
    { ...review, schema: { ...review.schema, body: Review } },
    async (request) => {
      const entry = await catalogueEntry(ra, actorOf(request), 'service.review', request.params.id);
      await reviewService(ra, byOf(request), entry, request.body);
      return view(request, entry.id);
    },
  );
  const finding = told('service.add-finding', 'Record a finding of an audit');
  scope.post(
    '/api/v1/services/:id/findings',
    { ...finding, schema: { ...finding.schema, body: NewFinding } },
    async (request) => {
      const entry = await catalogueEntry(ra, actorOf(request), 'service.add-finding', request.params.id);
      await addFinding(ra, byOf(request), entry, request.body);
      return view(request, entry.id);
    },
  );
  const closing = told('service.close-finding', 'Close a finding, with what was done');
  const Closing = Type.Object({ finding: Type.Integer({ minimum: 1 }), note: Note }, { additionalProperties: false });
  scope.post(
    '/api/v1/services/:id/findings/close',
    { ...closing, schema: { ...closing.schema, body: Closing } },
    async (request) => {
      const entry = await catalogueEntry(ra, actorOf(request), 'service.close-finding', request.params.id);
      await closeFinding(ra, byOf(request), entry, request.body.finding, request.body.note);
      return view(request, entry.id);
    },
  );
  const removal = told('service.remove', 'Take an entry out of the catalogue');
  scope.post('/api/v1/services/:id/remove', removal, async (request) => {
    const entry = await catalogueEntry(ra, actorOf(request), 'service.remove', request.params.id);
    await removeService(ra, byOf(request), entry);
    return serviceView(entry);
  });
}
