import { type App, actorOf, Refusal, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import {
  challengeDomain,
  challengeName,
  challengeText,
  decideDomain,
  proveDomain,
  standingsOf,
} from '../../operations/domain-evidence.ts';
import { access, authorise, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Time, Uuid } from '../../schemas/fields.ts';

const Params = Type.Object({ id: AgencyId });
const Domain = Type.String({ minLength: 3, maxLength: 253, description: 'A domain of the scope' });

const Standings = Type.Object({
  items: Type.Array(
    Type.Object(
      {
        domain: Type.String(),
        by: Type.Union([Type.Literal('scope-statement'), Type.Literal('dns-record'), Type.Literal('officer-decision')]),
        since: Time,
        until: Time,
        stale: Type.Boolean({ description: 'Gateways get no certificates for it' }),
      },
      { title: 'DomainStanding' },
    ),
  ),
});

const Challenge = Type.Object(
  {
    id: Uuid,
    name: Type.String({ description: 'Name of the TXT record' }),
    text: Type.String({ description: 'Its whole text' }),
    expiresAt: Time,
  },
  { title: 'DomainChallenge' },
);

const Evidence = Type.Union([
  Type.Object({ method: Type.Literal('dns-record'), challengeId: Uuid }, { additionalProperties: false }),
  Type.Object(
    {
      method: Type.Literal('officer-decision'),
      domain: Domain,
      reason: Type.String({ minLength: 10, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
]);

/** Which domains an agency has shown to control, and the two ways to show it again. */
export function agencyDomainRoutes(scope: App, ra: Ra): void {
  const scopeOf = (id: string) => {
    const found = ra.authority.current.agencies.get(id);
    if (!found) throw new Refusal('not-found', 'There is no agency with this id.');
    return found;
  };
  const listOf = async (id: string) => {
    const now = ra.now();
    const standings = await standingsOf(ra, scopeOf(id));
    const items = standings.map(({ domain, by, since, until }) => {
      return { domain, by, since: since.toISOString(), until: until.toISOString(), stale: until <= now };
    });
    return { items };
  };
  const config = (operation: Operation) => ({ config: access(operation) });
  scope.get(
    '/api/v1/agencies/:id/domains',
    {
      ...config('agency-domain.list'),
      schema: {
        summary: 'What an agency’s right to its domains rests on, and until when',
        tags: ['agencies'],
        params: Params,
        response: { 200: Standings },
      },
    },
    async (request) => {
      authorise(actorOf(request), 'agency-domain.list', request.params.id);
      return listOf(request.params.id);
    },
  );
  scope.post(
    '/api/v1/agencies/:id/domain-challenges',
    {
      ...config('agency-domain.challenge'),
      schema: {
        summary: 'Get a value that shows control of a domain when it stands in the DNS within 24 hours',
        tags: ['agencies'],
        params: Params,
        body: Type.Object({ domain: Domain }, { additionalProperties: false }),
        response: { 201: Challenge },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      authorise(actor, 'agency-domain.challenge', request.params.id);
      const agency = scopeOf(request.params.id);
      const made = await challengeDomain(ra, actor, auditActor(request), agency, request.body.domain);
      const { id, domain, value, expiresAt } = made;
      const text = challengeText(value);
      return reply.code(201).send({ id, name: challengeName(domain), text, expiresAt: expiresAt.toISOString() });
    },
  );
  scope.post(
    '/api/v1/agencies/:id/domain-evidence',
    {
      ...config('agency-domain.prove'),
      schema: {
        summary: 'Record that an agency controls a domain: found in the DNS, or decided with a reason',
        tags: ['agencies'],
        params: Params,
        body: Evidence,
        response: { 201: Standings },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      authorise(actor, 'agency-domain.prove', id);
      const { body } = request;
      const by = auditActor(request);
      if (body.method === 'dns-record') await proveDomain(ra, actor, by, scopeOf(id), body.challengeId);
      else await decideDomain(ra, actor, by, scopeOf(id), body);
      return reply.code(201).send(await listOf(id));
    },
  );
}
