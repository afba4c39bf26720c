import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { type FieldError, newApplicationPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { applyForMembership } from '../../operations/agency/applications.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AGENCY_ID } from '../../schemas/fields.ts';
import { refusalOf, refuseOnPage } from './page-of-refusal.ts';
import { fieldErrors } from './person.ts';
import { assertOwnForm, readerOf } from './session.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    agencyId: text(100),
    name: text(200),
    organizationIdentifier: text(200),
    reference: text(300),
    signedBy: text(300),
    signedOn: text(10),
  },
  { additionalProperties: false },
);

type Typed = Readonly<Record<string, string>>;

/** The application of an agency is entered; another operator verifies it. */
export function newApplicationRoutes(scope: App, ra: Ra): void {
  scope.get('/console/agencies/applications/new', { config: access('agency-application.create') }, async (request) =>
    draw(ra, request, {}, []),
  );
  scope.post(
    '/console/agencies/applications',
    { config: access('agency-application.create'), schema: { body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      authorise(actorOf(request), 'agency-application.create', null);
      const { formToken: _, ...fields } = request.body;
      const typed: Typed = Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) =>
          value?.trim() ? [[name, value.trim().normalize('NFC')]] : [],
        ),
      );
      const errors = missing(typed);
      if (errors.length > 0) return reply.code(400).send(draw(ra, request, typed, errors));
      const {
        agencyId = '',
        name = '',
        organizationIdentifier = '',
        reference = '',
        signedBy = '',
        signedOn = '',
      } = typed;
      try {
        const letter = { reference, signedBy, signedOn };
        await applyForMembership(ra, auditActor(request), { agencyId, name, organizationIdentifier, letter });
      } catch (error) {
        return refuseOnPage(request, error, async (said) => draw(ra, request, typed, errorsOf(error, said)));
      }
      return reply.redirect('/console/agencies?done=applied', 303);
    },
  );
}

function missing(typed: Typed): readonly FieldError[] {
  const { agencyId = '', name = '', organizationIdentifier = '', reference = '', signedBy = '', signedOn = '' } = typed;
  const given = (value: string, most: number): boolean => value.length >= 1 && value.length <= most;
  return [
    ...(given(name, 64) ? [] : [{ field: 'name', text: t`Give the name, in at most 64 characters.` }]),
    ...(new RegExp(AGENCY_ID).test(agencyId)
      ? []
      : [{ field: 'agencyId', text: t`Give a short name of small letters, digits and hyphens.` }]),
    ...(organizationIdentifier.length < 5 || organizationIdentifier.length > 45
      ? [{ field: 'organizationIdentifier', text: t`Give the identifier of the organisation.` }]
      : []),
    ...(given(reference, 200) ? [] : [{ field: 'reference', text: t`Give the reference of the letter.` }]),
    ...(given(signedBy, 200) ? [] : [{ field: 'signedBy', text: t`Say who signed the letter.` }]),
    ...(/^\d{4}-\d\d-\d\d$/.test(signedOn) && !Number.isNaN(Date.parse(signedOn))
      ? []
      : [{ field: 'signedOn', text: t`Give a day like 2026-11-22.` }]),
  ];
}

function errorsOf(error: unknown, said: string): readonly FieldError[] {
  const refusal = refusalOf(error);
  if (!refusal) return [{ text: said }];
  const found = fieldErrors(refusal, said);
  if (refusal.code === 'already-exists') return found.map((one) => ({ ...one, field: 'agencyId' }));
  // The one member of the letter that the operation looks at.
  return found.map((one) => (one.field === 'letter' ? { ...one, field: 'signedOn' } : one));
}

function draw(ra: Ra, request: FastifyRequest, typed: Typed, errors: readonly FieldError[]): string {
  return newApplicationPage(viewOf(ra.site, request), readerOf(ra, request), { typed, errors });
}
