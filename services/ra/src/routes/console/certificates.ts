import type { CertificateFilter } from '@see/db/ra';
import { readPersonNames } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { certificatesPage, viewOf } from '@see/ui';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { certificatePage } from '../../operations/certificate-view.ts';
import { searchFilter } from '../../operations/find-certificate.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const PAGE = 50;
const DAY = 86_400_000;

const Query = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 254 })),
    expiring: Type.Optional(Type.Enum(['', '7', '30', '90'])),
    cursor: Type.Optional(Type.String({ maxLength: 600 })),
  },
  { additionalProperties: false },
);

export function certificatesRoute(scope: App, ra: Ra): void {
  scope.get(
    '/console/certificates',
    { config: access('certificate.list'), schema: { querystring: Query } },
    async (request) => {
      const { expiring = '', cursor } = request.query;
      const search = (request.query.q ?? '').trim();
      const agencyId = agencyOf(actorOf(request));
      const now = ra.now();
      const filter: CertificateFilter = {
        ...(search === '' ? { withoutResponders: true } : searchFilter(search)),
        ...(agencyId === undefined ? {} : { agencyId }),
        ...(expiring === ''
          ? {}
          : { expiresAfter: now, expiresBefore: new Date(now.getTime() + Number(expiring) * DAY) }),
      };
      const page = await certificatePage(ra, filter, PAGE, readNumberCursor(cursor));
      const people = await readPersonNames(
        ra.db,
        page.items.flatMap(({ personId }) => (personId === null ? [] : [personId])),
      );
      const { agencies } = ra.authority.current;
      const here = (at: string | undefined): string =>
        listAddress('/console/certificates', { q: search, expiring, cursor: at });
      return certificatesPage(viewOf(ra.site, request), readerOf(ra, request), {
        search,
        expiring,
        certificates: page.items.map((item) => ({
          sha256: item.sha256,
          title: people.get(item.personId ?? '') ?? item.names[0] ?? item.subject,
          profile: item.profile,
          agency: agencies.get(item.agencyId ?? '')?.name ?? '–',
          serial: item.serial,
          notAfter: new Date(item.notAfter),
          status: item.status.kind,
        })),
        first: cursor === undefined ? undefined : here(undefined),
        next: page.next === undefined ? undefined : here(writeCursor([page.next])),
      });
    },
  );
}
