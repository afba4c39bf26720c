import { randomUUID } from 'node:crypto';
import type { Person } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { t } from '@see/language';
import { type FieldError, orderForPersonPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { createOrder, type OrderWish } from '../../operations/create-order.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex32, PersonId } from '../../schemas/fields.ts';
import { personOrderFacts } from './order-for-person-facts.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { fieldErrors, personFor } from './person.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: PersonId });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const one = Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' });
/** A box that is ticked comes as text, several as a list. */
const many = <T extends typeof one>(item: T) => Type.Optional(Type.Union([item, Type.Array(item, { maxItems: 10 })]));
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    key: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    profiles: many(one),
    type: text(41),
    sponsorId: text(16),
    organizationName: text(64),
    validityDays: text(10),
    replaces: many(Hex32),
  },
  { additionalProperties: false },
);

interface Sent {
  readonly profiles: readonly string[];
  readonly type: string;
  readonly sponsorId: string;
  readonly organizationName: string;
  readonly validityDays: string;
  readonly replaces: readonly string[];
}

const NOTHING: Sent = { profiles: [], type: '', sponsorId: '', organizationName: '', validityDays: '', replaces: [] };

/** Certificates are ordered for one person: what stands in the way is said before anything is chosen. */
export function orderForPersonRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/people/:id/order',
    {
      config: access('order.create'),
      schema: {
        params: Params,
        querystring: Type.Object({ replaces: Type.Optional(Hex32) }, { additionalProperties: false }),
      },
    },
    async (request) => {
      const person = await personFor(ra, request, 'order.create', request.params.id);
      const { replaces } = request.query;
      return draw(ra, request, person, { ...NOTHING, replaces: replaces === undefined ? [] : [replaces] }, []);
    },
  );
  scope.post(
    '/console/people/:id/order',
    { config: access('order.create'), schema: { params: Params, body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const person = await personFor(ra, request, 'order.create', request.params.id);
      const { formToken: _, key, profiles, replaces, ...rest } = request.body;
      const sent: Sent = { ...NOTHING, ...rest, profiles: [profiles ?? []].flat(), replaces: [replaces ?? []].flat() };
      const errors = missing(sent);
      if (errors.length > 0) return reply.code(400).send(await draw(ra, request, person, sent, errors, key));
      try {
        const wish = wishOf(request, person, sent);
        const { id } = await createOrder(ra, actorOf(request), auditActor(request), wish, key);
        return await reply.redirect(`/console/orders/${id}?done=ordered`, 303);
      } catch (error) {
        return refuseOnPage(request, error, (said) => draw(ra, request, person, sent, errorsOf(error, said), key));
      }
    },
  );
}

function missing({ profiles, type, sponsorId, validityDays }: Sent): readonly FieldError[] {
  return [
    ...(profiles.length === 0 ? [{ field: 'profiles', text: t`Choose at least one certificate.` }] : []),
    ...(profiles.length > 3 ? [{ field: 'profiles', text: t`Choose three certificates at most.` }] : []),
    ...(type === '' ? [{ field: 'type', text: t`Choose what it says about the person.` }] : []),
    ...(sponsorId === '' ? [{ field: 'sponsorId', text: t`Choose a sponsor.` }] : []),
    ...(/^(?:|[1-9][0-9]{0,2})$/.test(validityDays.trim())
      ? []
      : [{ field: 'validityDays', text: t`Give a number of days, at most 825.` }]),
  ];
}

function wishOf(request: FastifyRequest, person: Person, sent: Sent): OrderWish {
  const actor = actorOf(request);
  const days = sent.validityDays.trim();
  return {
    agencyId: person.agencyId ?? '',
    applicantId: person.id,
    sponsorId: sent.sponsorId,
    // A registration agent orders in their own name.
    ...(actor.role === 'registration-agent' ? { agentId: actor.personId } : {}),
    type: sent.type,
    ...(sent.organizationName === '' ? {} : { organizationName: sent.organizationName }),
    items: sent.profiles.map((profile) => ({ profile })),
    ...(sent.replaces.length === 0 ? {} : { replaces: sent.replaces }),
    ...(days === '' ? {} : { validityDays: Number(days) }),
  };
}

/** The fields of the form by the paths of the API's violations. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^replaces/, 'replaces'],
  [/^sponsor/, 'sponsorId'],
  [/^(?:typeId|items\[\d+\]\.typeId|evidence)/, 'type'],
  [/^items/, 'profiles'],
  [/^applicantId$/, 'type'],
];

function errorsOf(error: unknown, said: string): readonly FieldError[] {
  if (!(error instanceof Refusal)) return [{ text: said }];
  return fieldErrors(error, said).map(({ text: words }, index) => {
    const { code = '', path = '' } = error.violations[index] ?? {};
    if (code.includes('validity')) return { field: 'validityDays', text: words };
    const field = FIELDS.find(([form]) => form.test(path))?.[1];
    return { ...(field === undefined ? {} : { field }), text: words };
  });
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  person: Person,
  sent: Sent,
  errors: readonly FieldError[],
  key: string = randomUUID(),
): Promise<string> {
  const facts = await personOrderFacts(ra, actorOf(request), person);
  const { types, sponsors } = facts;
  return orderForPersonPage(viewOf(ra.site, request), readerOf(ra, request), {
    ...facts,
    chosen: {
      ...sent,
      type: sent.type || (types[0]?.id ?? ''),
      sponsorId: sent.sponsorId || (sponsors.length === 1 ? (sponsors[0]?.id ?? '') : ''),
    },
    key,
    errors,
  });
}
