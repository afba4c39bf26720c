import { findPerson, type Person } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { defaultDisplayName } from '@see/policy';
import { type FieldError, type NewPersonFacts, newPersonPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { createPerson, type PersonWish } from '../../operations/create-person.ts';
import { type PeopleAlike, peopleAlike } from '../../operations/people-alike.ts';
import { access, agencyOf, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AGENCY_ID, EXTERNAL_ID } from '../../schemas/fields.ts';
import { refusalOf, refuseOnPage } from './page-of-refusal.ts';
import { fieldErrors } from './person.ts';
import { assertOwnForm, readerOf } from './session.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    agencyId: text(63),
    givenName: text(200),
    surname: text(200),
    displayName: text(200),
    email: text(300),
    externalId: text(200),
    namesake: Type.Optional(Type.Literal('yes')),
  },
  { additionalProperties: false },
);

type Typed = Readonly<Record<string, string>>;

/** One person is entered: names and address, after a look at who is there already. */
export function newPersonRoutes(scope: App, ra: Ra): void {
  scope.get('/console/people/new', { config: access('person.create') }, (request) => draw(ra, request, {}, {}));
  scope.post('/console/people', { config: access('person.create'), schema: { body: Form } }, async (request, reply) => {
    assertOwnForm(ra, request);
    const { formToken: _, ...fields } = request.body;
    const typed: Typed = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim().normalize('NFC')]] : [])),
    );
    const errors = missing(typed);
    if (errors.length > 0) return reply.code(400).send(await draw(ra, request, typed, { errors }));
    const wish = wishOf(typed);
    authorise(actorOf(request), 'person.create', wish.agencyId);
    const alike = await peopleAlike(ra, {
      ...wish,
      displayName: wish.displayName ?? defaultDisplayName(wish.givenName, wish.surname),
    });
    const doubts = doubtsAbout(alike, typed);
    if (doubts.length > 0) return reply.code(409).send(await draw(ra, request, typed, { errors: doubts, alike }));
    try {
      const id = await createPerson(ra, auditActor(request), wish);
      return await reply.redirect(`/console/people/${id}?done=entered`, 303);
    } catch (error) {
      return refuseOnPage(request, error, (said) => draw(ra, request, typed, { errors: errorsOf(error, said), alike }));
    }
  });
}

function wishOf({ agencyId = '', givenName, surname = '', displayName, email = '', externalId }: Typed): PersonWish {
  return {
    agencyId,
    surname,
    email,
    ...(givenName === undefined ? {} : { givenName }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(externalId === undefined ? {} : { externalId }),
  };
}

function missing({ agencyId = '', surname, email, externalId }: Typed): readonly FieldError[] {
  return [
    ...(new RegExp(AGENCY_ID).test(agencyId) ? [] : [{ field: 'agencyId', text: t`Choose an agency.` }]),
    ...(surname === undefined ? [{ field: 'surname', text: t`Enter the surname, or the only name.` }] : []),
    ...(email === undefined ? [{ field: 'email', text: t`Enter the work mail address.` }] : []),
    ...(externalId === undefined || new RegExp(EXTERNAL_ID).test(externalId)
      ? []
      : [{ field: 'externalId', text: t`Enter at most 64 letters, digits and signs, without macrons.` }]),
  ];
}

/** An address is one person's; a name can be that of two, and then somebody has to say so. */
function doubtsAbout({ byMail, byName }: PeopleAlike, { namesake }: Typed): readonly FieldError[] {
  if (byMail.length > 0) return [{ field: 'email', text: t`Somebody is registered with this mail address already.` }];
  if (byName.length === 0 || namesake === 'yes') return [];
  return [
    {
      field: 'namesake',
      text: t`Somebody with this or a similar name is there already. Look whether it is the same person.`,
    },
  ];
}

function errorsOf(error: unknown, said: string): readonly FieldError[] {
  const refusal = refusalOf(error);
  if (!refusal) return [{ text: said }];
  const found = fieldErrors(refusal, said);
  // The agency's number is the one thing that has to be unique.
  return refusal.code === 'already-exists' ? found.map((one) => ({ ...one, field: 'externalId' })) : found;
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  typed: Typed,
  said: { readonly errors?: readonly FieldError[]; readonly alike?: PeopleAlike },
): Promise<string> {
  const own = agencyOf(actorOf(request));
  const agencies = [...ra.authority.current.agencies.values()]
    .filter(({ agencyId, status }) => (own === undefined || agencyId === own) && ['active', 'scoped'].includes(status))
    .map(({ agencyId: id, name, domains }) => ({ id, name, domains }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const { byMail, byName } = said.alike ?? { byMail: [], byName: [] };
  return newPersonPage(viewOf(ra.site, request), readerOf(ra, request), {
    agencies,
    typed,
    alike: await shown(ra, own, [...byMail.map(({ id }) => id), ...byName.map(({ id }) => id)]),
    asksNamesake: byMail.length === 0 && byName.length > 0,
    errors: said.errors ?? [],
  });
}

/** Those of them whom the reader may see. */
async function shown(ra: Ra, own: string | undefined, ids: readonly string[]): Promise<NewPersonFacts['alike']> {
  const people = await Promise.all([...new Set(ids)].map((id) => findPerson(ra.db, id)));
  return people
    .filter((person): person is Person => person !== undefined && (own === undefined || person.agencyId === own))
    .map(({ id, displayName: name, email, agencyId }) => ({
      id,
      name,
      email,
      agency: ra.authority.current.agencies.get(agencyId ?? '')?.name ?? agencyId ?? '–',
    }));
}
