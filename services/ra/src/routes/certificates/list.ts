import type { CertificateFilter } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { certificatePage } from '../../operations/certificate-view.ts';
import { searchFilter } from '../../operations/find-certificate.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { CertificateSchema } from '../../schemas/certificate.ts';
import { AgencyId, dateOf, Next, PersonId, pageQuery, pageSize, Time, Uuid } from '../../schemas/fields.ts';

const Query = Type.Object(
  {
    ...pageQuery,
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 254,
        description: 'Fingerprint, key hash or serial number (hex), mail address, host name, or the start of a name',
      }),
    ),
    agency: Type.Optional(AgencyId),
    person: Type.Optional(PersonId),
    order: Type.Optional(Uuid),
    profile: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' })),
    expiresBefore: Type.Optional(Time),
    expiresAfter: Type.Optional(Time),
  },
  { additionalProperties: false },
);

export function listCertificates(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/certificates',
    {
      config: access('certificate.list'),
      schema: {
        summary: 'Certificates, the newest first',
        tags: ['certificates'],
        querystring: Query,
        response: { 200: Type.Object({ items: Type.Array(CertificateSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, q, agency, person, order, profile, expiresBefore, expiresAfter } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const filter: CertificateFilter = {
        ...(q === undefined ? {} : searchFilter(q)),
        ...(agencyId === undefined ? {} : { agencyId }),
        ...(person === undefined ? {} : { personId: person }),
        ...(order === undefined ? {} : { orderId: order }),
        ...(profile === undefined ? {} : { profileId: profile }),
        ...(expiresBefore === undefined ? {} : { expiresBefore: dateOf(expiresBefore, 'querystring/expiresBefore') }),
        ...(expiresAfter === undefined ? {} : { expiresAfter: dateOf(expiresAfter, 'querystring/expiresAfter') }),
      };
      const page = await certificatePage(ra, filter, pageSize(limit), readNumberCursor(cursor));
      return { items: page.items, next: page.next === undefined ? null : writeCursor([page.next]) };
    },
  );
}
