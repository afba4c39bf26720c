import { type App, actorOf, Refusal, Type } from '@see/http';
import { type LeaversFacts, leaversPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { declareLeavers, type LeaversWish, previewLeavers } from '../../operations/life-event/declare-leavers.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { dayOfForm } from './day.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { fieldErrors } from './person.ts';
import { assertOwnForm, readerOf } from './session.ts';

const MOST = 200;

const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    step: Type.Enum(['preview', 'declare']),
    people: Type.String({ maxLength: 60_000 }),
    effectiveOn: Type.String({ maxLength: 10 }),
    note: Type.String({ maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** A list of people who leave, in two steps: what will be done, and do it. */
export function leaversRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/leavers',
    {
      config: access('person.leavers'),
      schema: { querystring: Type.Object({ done: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$' })) }) },
    },
    async (request) =>
      draw(ra, request, { done: request.query.done === undefined ? undefined : Number(request.query.done) }),
  );
  scope.post(
    '/console/leavers',
    { config: access('person.leavers'), schema: { body: Form }, bodyLimit: 200_000 },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const { step, people: text, effectiveOn, note } = request.body;
      let declared: number;
      try {
        const wish = wishOf(request.body);
        if (step === 'preview') {
          const preview = await previewLeavers(ra, actorOf(request), wish);
          const effectiveAt = wish.effectiveAt ?? ra.now();
          return draw(ra, request, {
            ...{ text, effectiveOn, note },
            preview: {
              people: preview.people.map(({ personId: id, displayName: name, actions }) => ({ id, name, actions })),
              effectiveAt,
              atOnce: effectiveAt <= ra.now(),
              needsStatement: preview.needsStatement,
            },
          });
        }
        declared = (await declareLeavers(ra, actorOf(request), auditActor(request), wish)).length;
      } catch (error) {
        return refuseOnPage(request, error, async (said) => {
          const errors = error instanceof Refusal ? fieldErrors(error, said).map(ofForm) : [{ text: said }];
          return draw(ra, request, { text, effectiveOn, note, errors });
        });
      }
      return reply.redirect(`/console/leavers?done=${declared}`, 303);
    },
  );
}

function wishOf({
  people: text,
  effectiveOn,
  note,
}: {
  people: string;
  effectiveOn: string;
  note: string;
}): LeaversWish {
  const people = text
    .split(/[\r\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wrong =
    people.length === 0
      ? 'paste at least one mail address or person id'
      : people.length > MOST
        ? 'send two hundred at a time'
        : people.find((line) => line.length < 3 || line.length > 254) &&
          'each line holds one mail address or person id';
  if (wrong)
    throw new Refusal('invalid-request', 'The list is not one of people.', {
      violations: [{ code: 'wrong-form', path: 'body/people', message: wrong }],
    });
  const effectiveAt = dayOfForm(effectiveOn, 'effectiveOn');
  return { people, ...(effectiveAt ? { effectiveAt } : {}), ...(note.trim() === '' ? {} : { note: note.trim() }) };
}

function ofForm(error: LeaversFacts['errors'][number]): LeaversFacts['errors'][number] {
  return error.field === 'effectiveAt' ? { ...error, field: 'effectiveOn' } : error;
}

function draw(ra: Ra, request: FastifyRequest, said: Partial<LeaversFacts>): string {
  return leaversPage(viewOf(ra.site, request), readerOf(ra, request), {
    text: said.text ?? '',
    effectiveOn: said.effectiveOn ?? '',
    note: said.note ?? '',
    preview: said.preview,
    done: said.done,
    errors: said.errors ?? [],
  });
}
