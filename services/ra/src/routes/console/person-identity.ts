import { type App, actorOf, Refusal, Type } from '@see/http';
import { passkeyLinkPage, viewOf } from '@see/ui';
import { auditActor } from '../../audit-actor.ts';
import { setNumber } from '../../operations/set-number.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { EXTERNAL_ID, PersonId } from '../../schemas/fields.ts';
import { makePasskeyLink } from '../../sign-in/register-passkey.ts';
import { actOnPerson } from './person.ts';
import { readerOf } from './session.ts';

const Params = Type.Object({ id: PersonId });
const formToken = Type.String({ maxLength: 100 });

/** By what a person is known: the agency's number, and a link by which they register a passkey. */
export function personIdentityRoutes(scope: App, ra: Ra): void {
  scope.post(
    '/console/people/:id/number',
    {
      config: access('person.set-number'),
      schema: {
        params: Params,
        body: Type.Object({ formToken, externalId: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
      },
    },
    (request, reply) =>
      actOnPerson(ra, request, 'person.set-number', request.params.id, async ({ id }) => {
        const number = request.body.externalId.trim();
        if (number !== '' && !new RegExp(EXTERNAL_ID).test(number))
          throw new Refusal('invalid-request', 'A number has at most 64 letters, digits and signs, without macrons.');
        await setNumber(ra, auditActor(request), id, number === '' ? null : number, ({ agencyId }) =>
          authorise(actorOf(request), 'person.set-number', agencyId),
        );
        return reply.redirect(`/console/people/${id}?done=numbered`, 303);
      }),
  );
  scope.post(
    '/console/people/:id/passkey-link',
    {
      config: access('sign-in-link.create'),
      schema: { params: Params, body: Type.Object({ formToken }, { additionalProperties: false }) },
    },
    // The link is in the answer and nowhere else, so there is no address to lead to.
    (request) =>
      actOnPerson(ra, request, 'sign-in-link.create', request.params.id, async ({ id }) => {
        const made = await makePasskeyLink(ra, actorOf(request), auditActor(request), id);
        return passkeyLinkPage(viewOf(ra.site, request), readerOf(ra, request), {
          id,
          name: made.displayName,
          url: made.url,
          expiresAt: made.expiresAt,
        });
      }),
  );
}
