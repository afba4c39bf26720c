import type { Person } from '@see/db/ra';
import { LIFE_EVENT_KINDS, type LifeEventKind } from '@see/domain';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { type DeclareFacts, declarePage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { declareLifeEvent, type LifeEventWish, previewLifeEvent } from '../../operations/life-event/declare.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId } from '../../schemas/fields.ts';
import { dayOfForm } from './day.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { fieldErrors, personFor } from './person.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: PersonId });
const Kind = Type.Enum([...LIFE_EVENT_KINDS]);
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    step: Type.Enum(['preview', 'change', 'declare']),
    kind: Kind,
    effectiveOn: text(10),
    happenedOn: text(10),
    toAgencyId: text(63),
    email: text(254),
    givenName: text(64),
    surname: text(64),
    displayName: text(64),
    note: text(500),
  },
  { additionalProperties: false },
);

type Typed = Readonly<Partial<Record<Exclude<keyof typeof Form.properties, 'formToken' | 'step' | 'kind'>, string>>> & {
  readonly kind: LifeEventKind;
};

/** What happened to a person is declared in two steps: what will be done, and do it. */
export function declareRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/people/:id/declare',
    {
      config: access('person.event'),
      schema: {
        params: Params,
        querystring: Type.Object({ kind: Type.Optional(Kind) }, { additionalProperties: false }),
      },
    },
    async (request) => {
      const person = await personFor(ra, request, 'person.event', request.params.id);
      return draw(ra, request, person, { kind: request.query.kind });
    },
  );
  scope.post(
    '/console/people/:id/declare',
    { config: access('person.event'), schema: { params: Params, body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const person = await personFor(ra, request, 'person.event', request.params.id);
      const { formToken: _, step, ...fields } = request.body;
      const typed = Object.fromEntries(
        Object.entries(fields).filter(([, value]) => value !== undefined && value.trim() !== ''),
      ) as Record<string, string> & Typed;
      if (step === 'change') return draw(ra, request, person, { kind: typed.kind, typed });
      try {
        const wish = wishOf(typed);
        if (step === 'preview') {
          const preview = await previewLifeEvent(ra, actorOf(request), person, wish);
          const atOnce = preview.effectiveAt <= ra.now();
          return draw(ra, request, person, { kind: typed.kind, typed, preview: { ...preview, atOnce } });
        }
        await declareLifeEvent(ra, actorOf(request), auditActor(request), person, wish);
      } catch (error) {
        return refuseOnPage(request, error, async (said) => {
          const errors = error instanceof Refusal ? fieldErrors(error, said).map(ofForm) : [{ text: said }];
          return draw(ra, request, person, { kind: typed.kind, typed, errors });
        });
      }
      return reply.redirect(`/console/people/${person.id}?done=declared`, 303);
    },
  );
}

function wishOf({ kind, effectiveOn, happenedOn, ...rest }: Typed): LifeEventWish {
  const effectiveAt = dayOfForm(effectiveOn, 'effectiveOn');
  const happenedAt = dayOfForm(happenedOn, 'happenedOn');
  return { kind, ...rest, ...(effectiveAt ? { effectiveAt } : {}), ...(happenedAt ? { happenedAt } : {}) };
}

/** The API has moments where the form has days. */
function ofForm(error: { readonly field?: string; readonly text: DeclareFacts['errors'][number]['text'] }) {
  const { field, text: said } = error;
  return field === undefined
    ? { text: said }
    : { field: field.replace(/^(effective|happened)At$/, '$1On'), text: said };
}

function draw(
  ra: Ra,
  request: FastifyRequest,
  person: Person,
  said: Partial<Pick<DeclareFacts, 'kind' | 'typed' | 'preview' | 'errors'>>,
): string {
  const isOperator = actorOf(request).role === 'operator';
  return declarePage(viewOf(ra.site, request), readerOf(ra, request), {
    person: { id: person.id, name: person.displayName },
    kinds: (['leaver', 'name-change', 'lost-token', 'lost-key', 'mover', 'death'] as const).filter(
      (kind) => isOperator || kind !== 'mover',
    ),
    kind: said.kind,
    agencies: [...ra.authority.current.agencies.values()]
      .filter(({ agencyId, status }) => agencyId !== person.agencyId && status === 'active')
      .map(({ agencyId: id, name }) => ({ id, name })),
    typed: said.typed ?? {},
    preview: said.preview,
    errors: said.errors ?? [],
  });
}
