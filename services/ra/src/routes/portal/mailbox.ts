import { type App, assertOwnOrigin, doorOf, type Limit, Type } from '@see/http';
import { mailboxConfirmedPage, mailboxPage, viewOf } from '@see/ui';
import { auditActor } from '../../audit-actor.ts';
import { confirmMailbox, openCheckOf } from '../../operations/mailbox-check.ts';
import type { Ra } from '../../ra.ts';
import { takeForms } from '../take-forms.ts';

const Params = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) });

/** `/mailbox/<token>`: reading it changes nothing, since programs follow links in mails; the button confirms. */
export async function mailboxRoutes(scope: App, ra: Ra, limit: Limit): Promise<void> {
  takeForms(scope);
  scope.addHook('onRequest', limit);
  scope.addHook('onSend', async (_request, reply) => {
    // The address of the page holds the value of the link: nothing keeps it, and no other site is told (same-origin referrers).
    reply.header('cache-control', 'no-store');
  });
  scope.get(
    '/mailbox/:token',
    { config: { operation: 'portal.mailbox', public: true }, schema: { params: Params } },
    async (request) => mailboxPage(viewOf(ra.site, request), await openCheckOf(ra, request.params.token)),
  );
  scope.post(
    '/mailbox/:token',
    {
      config: { operation: 'portal.confirm-mailbox', public: true },
      schema: { params: Params, body: Type.Object({}, { additionalProperties: false }) },
    },
    async (request) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      return mailboxConfirmedPage(
        viewOf(ra.site, request),
        await confirmMailbox(ra, auditActor(request), request.params.token),
      );
    },
  );
}
