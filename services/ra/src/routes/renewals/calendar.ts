import { type CertificateRow, findCertificateByHash, listCertificates } from '@see/db/ra';
import { type App, actorOf, type Limit, Refusal, Type } from '@see/http';
import { renewalCalendar } from '@see/letters';
import { renewalOpensAt } from '@see/policy';
import { renewalRule } from '../../operations/renewal/renewal-facts.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Hex32 } from '../../schemas/fields.ts';

const TYPE = 'text/calendar; charset=utf-8';
const CALENDAR = { 200: { description: 'The calendar', content: { 'text/calendar': { schema: Type.Unknown() } } } };
/** Most certificates in the calendar of an agency: the gateways and servers come first in none, so this is a bound and no page. */
const MOST = 2_000;

/**
 * `GET /certificates/:id/renewal.ics`: open to whoever knows the fingerprint, as calendars bring no token, and without any name.
 */
export function certificateCalendar(scope: App, ra: Ra, limit: Limit): void {
  scope.get(
    '/api/v1/certificates/:id/renewal.ics',
    {
      config: { operation: 'certificate.calendar', public: true },
      onRequest: limit,
      schema: {
        summary: 'When to renew a certificate, as a calendar (RFC 5545)',
        description: 'The certificate is named by its SHA-256. Nothing else is needed, and no name is in the answer.',
        tags: ['renewals'],
        params: Type.Object({ id: Hex32 }),
        response: CALENDAR,
      },
    },
    async (request, reply) => {
      const found = await findCertificateByHash(ra.db, Uint8Array.fromHex(request.params.id));
      if (!found) throw new Refusal('not-found', 'There is no certificate with this fingerprint.');
      return reply.type(TYPE).send(renewalCalendar(undefined, [dated(ra, found)]));
    },
  );
}

/** `GET /agencies/:id/renewals.ics`: the certificates of an agency's gateways and servers that are still good by their dates. */
export function agencyCalendar(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/agencies/:id/renewals.ics',
    {
      config: access('agency.calendar'),
      schema: {
        summary: 'When an agency’s gateways and servers are to be renewed, as a calendar (RFC 5545)',
        tags: ['renewals'],
        params: Type.Object({ id: AgencyId }),
        response: CALENDAR,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      authorise(actorOf(request), 'agency.calendar', id);
      const scopeOf = ra.authority.current.agencies.get(id);
      if (!scopeOf) throw new Refusal('not-found', 'There is no agency with this id.');
      const filter = { agencyId: id, expiresAfter: ra.now(), withoutPeople: true };
      const { rows } = await listCertificates(ra.db, filter, MOST, undefined);
      return reply.type(TYPE).send(
        renewalCalendar(
          scopeOf.name,
          rows.map((row) => dated(ra, row)),
        ),
      );
    },
  );
}

function dated(ra: Ra, row: CertificateRow) {
  const rule = renewalRule(ra, row.profileId);
  const { serial, profileId, notAfter, issuedAt } = row;
  return {
    ...{ serial, profileId, notAfter, issuedAt },
    sha256: row.sha256.toHex(),
    opensAt: rule ? renewalOpensAt(rule, row) : null,
  };
}
