import { type App, assertOwnOrigin, doorOf, type Limit, Type } from '@see/http';
import { html } from '@see/language';
import { lostErrors, lostPage, reissuedPage, reissuePage, viewOf } from '@see/ui';
import { auditActor } from '../../audit-actor.ts';
import { askForReissue } from '../../operations/lost-file/ask-for-link.ts';
import { readLostCertificates } from '../../operations/lost-file/lost-certificates.ts';
import { reissueLost } from '../../operations/lost-file/reissue-lost.ts';
import type { Ra } from '../../ra.ts';
import { refuseOnPage } from '../console/page-of-refusal.ts';
import { takeForms } from '../take-forms.ts';

const Params = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) });
/** How long an answer takes at least, so that its time does not tell whether anybody has the address; milliseconds. */
const AT_LEAST = 400;

/**
 * `/lost` and `/reissue/<token>`: new certificates for who has lost file or passphrase, by a link in a mail to the address on
 * record. All of it works without scripts.
 */
export async function lostRoutes(scope: App, ra: Ra, limit: Limit): Promise<void> {
  takeForms(scope);
  scope.addHook('onRequest', async (_request, reply) => {
    reply.type('text/html; charset=utf-8');
  });
  scope.addHook('onRequest', limit);
  scope.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  askRoutes(scope, ra);
  linkRoutes(scope, ra);
}

function askRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/lost',
    {
      config: { operation: 'portal.lost', public: true },
      schema: { querystring: Type.Object({ asked: Type.Optional(Type.Literal('yes')) }) },
    },
    async (request) => lostPage(viewOf(ra.site, request), { asked: request.query.asked === 'yes' }),
  );
  scope.post(
    '/lost',
    {
      config: { operation: 'portal.ask-reissue', public: true },
      schema: { body: Type.Object({ email: Type.String({ maxLength: 300 }) }, { additionalProperties: false }) },
    },
    async (request, reply) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      const email = request.body.email.trim();
      const errors = lostErrors(email);
      if (errors.length > 0)
        return reply.code(400).send(lostPage(viewOf(ra.site, request), { asked: false, email, errors }));
      const least = new Promise((resolve) => setTimeout(resolve, AT_LEAST));
      await Promise.all([askForReissue(ra, auditActor(request), email), least]);
      return reply.redirect('/lost?asked=yes', 303);
    },
  );
}

function linkRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/reissue/:token',
    { config: { operation: 'portal.reissue', public: true }, schema: { params: Params } },
    async (request) => {
      const { check, certificates } = await readLostCertificates(ra, request.params.token);
      return reissuePage(viewOf(ra.site, request), { address: check.address, certificates, errors: [] });
    },
  );
  scope.post(
    '/reissue/:token',
    {
      config: { operation: 'portal.confirm-reissue', public: true },
      schema: {
        params: Params,
        body: Type.Object(
          { others: Type.Optional(Type.Union([Type.Literal('no'), Type.Literal('yes')])) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      assertOwnOrigin(request, ra.doors[doorOf(request)]);
      const lost = await readLostCertificates(ra, request.params.token);
      const view = viewOf(ra.site, request);
      const facts = { address: lost.check.address, certificates: lost.certificates };
      const { others } = request.body;
      if (others === undefined) return reply.code(400).send(reissuePage(view, { ...facts, errors: 'choose' }));
      try {
        const orderId = await reissueLost(ra, auditActor(request), lost, others === 'yes');
        return reissuedPage(view, { reference: orderId.slice(0, 8).toUpperCase(), revoked: others === 'yes' });
      } catch (error) {
        return await refuseOnPage(request, error, async (text) =>
          reissuePage(view, { ...facts, errors: [{ text: html`<span lang="en-NZ">${text}</span>` }] }),
        );
      }
    },
  );
}
