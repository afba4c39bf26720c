import { findPerson, listAgencyPeople, type Person } from '@see/db/ra';
import { isPersonId } from '@see/domain';
import { type App, type Limit, parseStrictJson, Refusal } from '@see/http';
import {
  listResponse,
  readFilter,
  readPaging,
  readPatch,
  readReplacement,
  type ScimPerson,
  serviceProviderConfig,
  USER_SCHEMA,
  userResource,
  userResourceType,
  userSchema,
} from '@see/scim';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { feedFrom, feedOfToken } from '../../operations/hr-feed/authenticate-feed.ts';
import { takeReport } from '../../operations/hr-feed/take-report.ts';
import type { Ra } from '../../ra.ts';
import { asScim, SCIM_TYPE, scimErrors } from './scim-answers.ts';

type Handler = (request: FastifyRequest) => Promise<unknown>;

const BODY_LIMIT = 65_536;

/** SCIM 2.0 (RFC 7643, RFC 7644) for one agency's HR system: who is there, and `active` set to false when somebody has left. */
export async function scimRoutes(app: App, ra: Ra, limit: Limit): Promise<void> {
  const base = `${ra.site.urls.portal}/scim/v2`;
  await app.register(async (scope: App) => {
    scimErrors(scope);
    for (const type of [SCIM_TYPE, 'application/json']) {
      scope.removeContentTypeParser(type);
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => {
        try {
          done(null, parseStrictJson(body as Buffer));
        } catch (error) {
          done(error as Error);
        }
      });
    }
    scope.addHook('onRequest', limit);
    scope.addHook('onRequest', async (request) => {
      await feedOfToken(ra, request);
    });
    const add = (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      operation: string,
      handler: Handler,
    ) =>
      scope.route({
        method,
        url: `/scim/v2${path}`,
        config: { operation: `scim.${operation}`, public: true },
        bodyLimit: BODY_LIMIT,
        handler: async (request, reply) => {
          const answer = await asScim(() => handler(request as FastifyRequest));
          return reply.type(SCIM_TYPE).serializer(JSON.stringify).send(answer);
        },
      });
    const schemas = [userSchema(base)];
    const types = [userResourceType(base)];
    add('GET', '/ServiceProviderConfig', 'config', async () => serviceProviderConfig(base));
    add('GET', '/ResourceTypes', 'resource-types', async () => listResponse(types, types.length, 1));
    add('GET', '/ResourceTypes/User', 'resource-type', async () => types[0]);
    add('GET', '/Schemas', 'schemas', async () => listResponse(schemas, schemas.length, 1));
    add('GET', `/Schemas/${USER_SCHEMA}`, 'schema', async () => schemas[0]);
    add('GET', '/Users', 'users.list', async (request) => listUsers(ra, request, base));
    add('GET', '/Users/:id', 'users.show', async (request) =>
      userResource(scimPerson(await personOf(ra, request)), base),
    );
    add('PATCH', '/Users/:id', 'users.patch', async (request) => {
      const person = await personOf(ra, request);
      return setActive(ra, request, person, readPatch(request.body).active, base);
    });
    add('PUT', '/Users/:id', 'users.replace', async (request) => {
      const person = await personOf(ra, request);
      return setActive(ra, request, person, readReplacement(request.body).active, base);
    });
    const notHere = (detail: string) => async () => {
      throw new Refusal('not-implemented', detail);
    };
    add(
      'POST',
      '/Users',
      'users.create',
      notHere('People come with evidence: enter them by an import or see person create.'),
    );
    add(
      'DELETE',
      '/Users/:id',
      'users.delete',
      notHere('Records are kept. Set active to false when somebody has left.'),
    );
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)
      add(method, '/*', 'other', async () => {
        throw new Refusal('not-found', 'There is no such resource here; Users are all there is.');
      });
  });
}

async function listUsers(ra: Ra, request: FastifyRequest, base: string) {
  const query = request.query as Readonly<Record<string, unknown>>;
  const { startIndex, count } = readPaging(query);
  const wanted = query['filter'];
  const filter = typeof wanted === 'string' ? readFilter(wanted) : undefined;
  if (wanted !== undefined && filter === undefined) readFilter('');
  const by = { id: 'id', externalId: 'externalId', userName: 'email', emails: 'email' } as const;
  const { people, total } = await listAgencyPeople(
    ra.db,
    feedFrom(request).agencyId,
    filter && { by: by[filter.attribute], value: filter.value },
    startIndex - 1,
    count,
  );
  return listResponse(
    people.map((person) => userResource(scimPerson(person), base)),
    total,
    startIndex,
  );
}

/** Somebody of the feed's agency; people of others do not exist for it. */
async function personOf(ra: Ra, request: FastifyRequest): Promise<Person> {
  const { id = '' } = request.params as { readonly id?: string };
  const person = isPersonId(id) ? await findPerson(ra.db, id) : undefined;
  if (person?.agencyId !== feedFrom(request).agencyId)
    throw new Refusal('not-found', 'The agency has no user with this id.');
  return person;
}

/** Takes `active: false` as the declaration of a leaver, now. The answer says what is: who waits for a person's word is active still. */
async function setActive(ra: Ra, request: FastifyRequest, person: Person, active: boolean, base: string) {
  const left = person.leftAt !== null;
  if (active && left) {
    const detail =
      'Somebody who has left is not made active by a feed: the agency enters people who come back, with evidence.';
    throw new Refusal('invalid-request', detail, { extensions: { scimType: 'mutability' } });
  }
  if (!active && !left) {
    const news = { person: { id: person.id }, kind: 'leaver', detail: {} } as const;
    await takeReport(ra, feedFrom(request), auditActor(request), news, null);
  }
  return userResource(scimPerson(await personOf(ra, request)), base);
}

function scimPerson(person: Person): ScimPerson {
  const { id, externalId, givenName, surname, displayName, email, createdAt } = person;
  return { id, externalId, givenName, surname, displayName, email, active: person.leftAt === null, createdAt };
}
