import { findEvidence, findLifeEvent, findPerson, type Person } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import type { EvidenceMethod } from '@see/policy';
import { apiText, type FieldError, type PersonDone, personPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { callOff } from '../../operations/life-event/declare.ts';
import { askForCheck } from '../../operations/mailbox-check.ts';
import { recordEvidence, withdrawItem } from '../../operations/record-evidence.ts';
import { confirmPerson } from '../../operations/records/review-person.ts';
import { access, authorise, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { personFacts } from './person-facts.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: PersonId });
const PartParams = Type.Object({ id: PersonId, part: Type.String({ pattern: '^[0-9]{1,15}$' }) });
const DONE = [
  'entered',
  'sealing',
  'numbered',
  'reviewed',
  'asked',
  'recorded',
  'withdrawn',
  'declared',
  'called-off',
  'account-added',
  'account-removed',
] as const;
const formToken = Type.String({ maxLength: 100 });
const Bare = Type.Object({ formToken }, { additionalProperties: false });
const Reasoned = Type.Object({ formToken, reason: Type.String({ maxLength: 500 }) }, { additionalProperties: false });
const text = (maxLength: number) => Type.String({ maxLength });
const Evidence = Type.Object(
  {
    formToken,
    kind: text(60),
    issuer: text(200),
    method: text(40),
    sightedOn: text(10),
    expiresOn: text(10),
    note: text(500),
  },
  { additionalProperties: false },
);

/** The page of a person, and what is done to their record there. */
export function personRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/people/:id',
    {
      config: access('person.show'),
      schema: { params: Params, querystring: Type.Object({ done: Type.Optional(Type.Enum([...DONE])) }) },
    },
    async (request) => {
      const person = await personFor(ra, request, 'person.show', request.params.id);
      return draw(ra, request, person, { done: request.query.done });
    },
  );
  scope.post(
    '/console/people/:id/review',
    { config: access('person.review'), schema: { params: Params, body: Bare } },
    (request, reply) =>
      actOnPerson(ra, request, 'person.review', request.params.id, async (person) => {
        await confirmPerson(ra, actorOf(request), auditActor(request), person);
        return reply.redirect(`/console/people/${person.id}?done=reviewed`, 303);
      }),
  );
  scope.post(
    '/console/people/:id/check-mailbox',
    { config: access('person.check-mailbox'), schema: { params: Params, body: Bare } },
    (request, reply) =>
      actOnPerson(ra, request, 'person.check-mailbox', request.params.id, async (person) => {
        await askForCheck(ra, actorOf(request), auditActor(request), person);
        return reply.redirect(`/console/people/${person.id}?done=asked`, 303);
      }),
  );
  evidenceRoutes(scope, ra);
  scope.post(
    '/console/people/:id/events/:part/call-off',
    { config: access('life-event.call-off'), schema: { params: PartParams, body: Reasoned } },
    (request, reply) =>
      actOnPerson(ra, request, 'life-event.call-off', request.params.id, async (person) => {
        const event = await findLifeEvent(ra.db, Number(request.params.part));
        if (event?.personId !== person.id) throw new Refusal('not-found', 'Nothing was declared under this number.');
        await callOff(ra, actorOf(request), auditActor(request), event, reasonOf(request.body));
        return reply.redirect(`/console/people/${person.id}?done=called-off`, 303);
      }),
  );
}

function evidenceRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/console/people/:id/evidence',
    { config: access('evidence.add'), schema: { params: Params, body: Evidence } },
    (request, reply) => {
      const { formToken: _, ...typed } = request.body;
      const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
      return actOnPerson(
        ra,
        request,
        'evidence.add',
        request.params.id,
        async (person) => {
          const { kind = '', sightedOn = '', method, ...rest } = given;
          const wish = { kind, sightedOn, ...rest, ...(method ? { method: method as EvidenceMethod } : {}) };
          await recordEvidence(ra, actorOf(request), auditActor(request), person, wish);
          return reply.redirect(`/console/people/${person.id}?done=recorded`, 303);
        },
        typed,
      );
    },
  );
  scope.post(
    '/console/people/:id/evidence/:part/withdraw',
    { config: access('evidence.withdraw'), schema: { params: PartParams, body: Reasoned } },
    (request, reply) =>
      actOnPerson(ra, request, 'evidence.withdraw', request.params.id, async (person) => {
        const item = await findEvidence(ra.db, Number(request.params.part));
        if (item?.personId !== person.id) throw new Refusal('not-found', 'There is no evidence with this number.');
        await withdrawItem(ra, actorOf(request), auditActor(request), item, reasonOf(request.body));
        return reply.redirect(`/console/people/${person.id}?done=withdrawn`, 303);
      }),
  );
}

/** The person, when the actor may do this to them. For others they do not exist. */
export async function personFor(ra: Ra, request: FastifyRequest, operation: Operation, id: string): Promise<Person> {
  const person = await findPerson(ra.db, id);
  if (!person) throw new Refusal('not-found', 'There is no person with this id.');
  authorise(actorOf(request), operation, person.agencyId);
  return person;
}

/** Does something with a form of the page; what is refused is said on it, with what was typed. */
export async function actOnPerson<T>(
  ra: Ra,
  request: FastifyRequest,
  operation: Operation,
  id: string,
  work: (person: Person) => Promise<T>,
  typed: Readonly<Record<string, string>> = {},
): Promise<T> {
  assertOwnForm(ra, request);
  const person = await personFor(ra, request, operation, id);
  try {
    return await work(person);
  } catch (error) {
    return refuseOnPage(request, error, async (said) => {
      const errors = error instanceof Refusal ? fieldErrors(error, said) : [{ text: said }];
      return draw(ra, request, (await findPerson(ra.db, id)) ?? person, { errors, typed });
    });
  }
}

/** What is wrong with single fields of a form, and what else is wrong. */
export function fieldErrors({ violations }: Refusal, said: string): readonly FieldError[] {
  if (violations.length === 0) return [{ text: apiText(said) }];
  return violations.map(({ path, message, remedy }) => {
    const [, field] = /^body\/([A-Za-z]+)/.exec(path ?? '') ?? [];
    const whole = `${message.charAt(0).toUpperCase()}${message.slice(1)}${remedy ? `: ${remedy}` : ''}.`;
    return { ...(field === undefined ? {} : { field }), text: apiText(whole) };
  });
}

function reasonOf({ reason }: { reason: string }): string {
  const why = reason.trim();
  if (why.length < 3) throw new Refusal('invalid-request', 'Say why, in a few words.');
  return why;
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  person: Person,
  said: { done?: PersonDone | undefined; errors?: readonly FieldError[]; typed?: Readonly<Record<string, string>> },
): Promise<string> {
  const facts = await personFacts(ra, actorOf(request), person);
  return personPage(viewOf(ra.site, request), readerOf(ra, request), {
    ...facts,
    typed: said.typed ?? {},
    done: said.done,
    errors: said.errors ?? [],
  });
}
