import { type App, assertOwnOrigin, doorOf, type Limit, Refusal, Type } from '@see/http';
import { html } from '@see/language';
import { myCertificatePage, myDoorPage, myPage, myRecordPage, revokeErrors, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { holderActor, personalClient } from '../../client-certificate/personal-client.ts';
import { exportPerson } from '../../operations/export/person-export.ts';
import { endOwnCertificate, HOLDER_REASONS } from '../../operations/holder/end-own-certificate.ts';
import { findOwnCertificate, ownCertificateDetail, ownCertificates } from '../../operations/holder/own-certificates.ts';
import { ownRecord, personOfClient } from '../../operations/holder/own-record.ts';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';
import { refuseOnPage } from '../console/page-of-refusal.ts';
import { takeForms } from '../take-forms.ts';
import { mutualTls } from './test.ts';

const Params = Type.Object({ certificate: Hex32 });
const Done = Type.Object({ done: Type.Optional(Type.Union([Type.Literal('held'), Type.Literal('revoked')])) });
const Reason = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: 40 })), sure: Type.Optional(Type.Literal('yes')) },
  { additionalProperties: false },
);

/**
 * `/my…`: a holder's own pages at the port for mutual TLS, for whoever shows a personal certificate for signing in that is good
 * at this moment. There is no session and no role; each request is asked about anew. All of it works without scripts.
 */
export async function myRoutes(scope: App, ra: Ra, limit: Limit): Promise<void> {
  takeForms(scope);
  scope.addHook('onRequest', async (_request, reply) => {
    reply.type('text/html; charset=utf-8');
  });
  scope.addHook('onRequest', limit);
  scope.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  listRoute(scope, ra);
  certificateRoutes(scope, ra);
  recordRoutes(scope, ra);
}

function listRoute(scope: App, ra: Ra): void {
  scope.get(
    '/my',
    { config: { operation: 'portal.my', public: true }, schema: { querystring: Done } },
    async (request) => {
      const view = viewOf(ra.site, request);
      if (doorOf(request) !== 'mtls') return myDoorPage(view, mutualTls(ra, '/my'));
      const client = await personalClient(ra, request);
      const [person, certificates] = await Promise.all([personOfClient(ra, client), ownCertificates(ra, client)]);
      const agency = ra.authority.current.agencies.get(person.agencyId ?? '')?.name;
      const { done } = request.query;
      // Nothing is claimed that is not so.
      const happened = certificates.some(({ state }) => state === done) ? done : undefined;
      return myPage(view, { name: person.displayName, agency, certificates, now: ra.now(), done: happened });
    },
  );
}

function certificateRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/my/certificates/:certificate',
    { config: { operation: 'portal.my-certificate', public: true }, schema: { params: Params } },
    async (request) => {
      const client = await personalClient(ra, request);
      const row = await findOwnCertificate(ra, client, request.params.certificate);
      const facts = await ownCertificateDetail(ra, client, row);
      return myCertificatePage(viewOf(ra.site, request), { ...facts, errors: [], chosen: undefined });
    },
  );
  scope.post(
    '/my/certificates/:certificate/hold',
    {
      config: { operation: 'portal.my-hold', public: true },
      schema: { params: Params, body: Type.Object({}, { additionalProperties: false }) },
    },
    async (request, reply) => {
      await end(ra, request, request.params.certificate, { action: 'hold' });
      return reply.redirect('/my?done=held', 303);
    },
  );
  scope.post(
    '/my/certificates/:certificate/revoke',
    { config: { operation: 'portal.my-revoke', public: true }, schema: { params: Params, body: Reason } },
    async (request, reply) => {
      const { certificate } = request.params;
      const reason = HOLDER_REASONS.find((known) => known === request.body.reason);
      const errors = revokeErrors(reason !== undefined, request.body.sure === 'yes');
      if (!reason || errors.length > 0) {
        const client = await personalClient(ra, request);
        const facts = await ownCertificateDetail(ra, client, await findOwnCertificate(ra, client, certificate));
        const page = myCertificatePage(viewOf(ra.site, request), { ...facts, errors, chosen: reason });
        return reply.code(400).send(page);
      }
      await end(ra, request, certificate, { action: 'revoke', reason });
      return reply.redirect('/my?done=revoked', 303);
    },
  );
}

async function end(
  ra: Ra,
  request: FastifyRequest,
  sha256: string,
  wish: Parameters<typeof endOwnCertificate>[3],
): Promise<void> {
  assertOwnPage(ra, request);
  const client = await personalClient(ra, request);
  const row = await findOwnCertificate(ra, client, sha256);
  try {
    await endOwnCertificate(ra, holderActor(request, client), row, wish);
  } catch (error) {
    await refuseOnPage(request, error, async (text) => {
      const facts = await ownCertificateDetail(ra, client, row);
      return myCertificatePage(viewOf(ra.site, request), {
        ...facts,
        errors: [{ text: html`<span lang="en-NZ">${text}</span>` }],
        chosen: undefined,
      });
    });
  }
}

/** A certificate is shown by the browser whoever's page sends a form, so the browser has to say that it was ours. */
function assertOwnPage(ra: Ra, request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined && site === undefined)
    throw new Refusal('cross-site', 'Your browser does not say which page sent the form. Use a current browser.');
  assertOwnOrigin(request, ra.doors[doorOf(request)]);
}

function recordRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/my/record',
    {
      config: { operation: 'portal.my-record', public: true },
      schema: { querystring: Type.Object({ file: Type.Optional(Type.Literal('soon')) }) },
    },
    async (request) => {
      const person = await personOfClient(ra, await personalClient(ra, request));
      const record = await ownRecord(ra, person);
      return myRecordPage(viewOf(ra.site, request), { ...record, sealing: request.query.file === 'soon' });
    },
  );
  scope.get(
    '/my/record/file',
    { config: { operation: 'portal.my-record-file', public: true } },
    async (request, reply) => {
      const client = await personalClient(ra, request);
      const bundle = await exportPerson(ra, holderActor(request, client), await personOfClient(ra, client));
      // The log signs what was given out within seconds; until then there is no proof to give.
      if (bundle === undefined) return reply.redirect('/my/record?file=soon', 303);
      return reply
        .type('application/json')
        .header('content-disposition', 'attachment;filename="see-record.json"')
        .send(bundle);
    },
  );
}
