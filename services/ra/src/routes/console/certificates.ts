import type { CertificateFilter } from '@see/db/ra';
import { readPersonNames } from '@see/db/ra';
import { activeProfile } from '@see/domain';
import { type Actor, type App, actorOf, Type } from '@see/http';
import { profileOf } from '@see/policy';
import { certificatesPage, viewOf } from '@see/ui';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { certificatePage } from '../../operations/certificate-view.ts';
import { searchFilter } from '../../operations/find-certificate.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { activeProfiles } from '../../schemas/profile.ts';
import { agencyOptions } from './agency-options.ts';
import { sendCsv } from './csv-download.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const PAGE = 50;
const DAY = 86_400_000;
const STANDINGS = ['good', 'held', 'revoked', 'expired'] as const;

const filters = {
  q: Type.Optional(Type.String({ maxLength: 254 })),
  expiring: Type.Optional(Type.Enum(['', '7', '30', '90'])),
  status: Type.Optional(Type.Enum(['', ...STANDINGS])),
  profile: Type.Optional(Type.String({ pattern: '^(?:[a-z][a-z0-9-]{1,40})?$' })),
  agency: Type.Optional(Type.String({ pattern: '^(?:[a-z0-9][a-z0-9-]{0,62})?$' })),
};
const Query = Type.Object(
  { ...filters, cursor: Type.Optional(Type.String({ maxLength: 600 })) },
  { additionalProperties: false },
);
const CsvQuery = Type.Object(filters, { additionalProperties: false });

type Asked = Partial<Record<keyof typeof filters, string>>;

/** The list of certificates, and the same as a file. */
export function certificatesRoute(scope: App, ra: Ra): void {
  scope.get(
    '/console/certificates',
    { config: access('certificate.list'), schema: { querystring: Query } },
    async (request) => {
      const { expiring = '', status = '', profile = '', agency = '', cursor } = request.query;
      const search = (request.query.q ?? '').trim();
      const actor = actorOf(request);
      const page = await certificatePage(ra, filterOf(ra, actor, request.query), PAGE, readNumberCursor(cursor));
      const members = { q: search, status, expiring, profile, agency };
      const here = (at: string | undefined): string => listAddress('/console/certificates', { ...members, cursor: at });
      return certificatesPage(viewOf(ra.site, request), readerOf(ra, request), {
        search,
        ...members,
        profiles: activeProfiles(ra),
        agencies: agencyOptions(ra, actor),
        certificates: await certificateLines(ra, page.items),
        first: cursor === undefined ? undefined : here(undefined),
        next: page.next === undefined ? undefined : here(writeCursor([page.next])),
        csv: listAddress('/console/certificates.csv', members),
      });
    },
  );
  scope.get(
    '/console/certificates.csv',
    { config: access('certificate.list'), schema: { querystring: CsvQuery } },
    async (request, reply) => {
      const filter = filterOf(ra, actorOf(request), request.query);
      return sendCsv(reply, 'certificates', HEAD, async (size, after: number | undefined) => {
        const page = await certificatePage(ra, filter, size, after);
        return { rows: page.items.map(cells), next: page.next };
      });
    },
  );
}

type Item = Awaited<ReturnType<typeof certificatePage>>['items'][number];

/** Certificates as lists show them, with the names of people and agencies. */
export async function certificateLines(ra: Ra, items: readonly Item[]) {
  const people = await readPersonNames(
    ra.db,
    items.flatMap(({ personId }) => (personId === null ? [] : [personId])),
  );
  const { agencies } = ra.authority.current;
  return items.map((item) => ({
    sha256: item.sha256,
    title: people.get(item.personId ?? '') ?? item.names[0] ?? item.subject,
    profile: titleOfProfile(ra, item.profile),
    agency: agencies.get(item.agencyId ?? '')?.name ?? '–',
    serial: item.serial,
    notAfter: new Date(item.notAfter),
    status: item.status.kind,
  }));
}

/** The title of the active profile with this id; the id where there is none. */
export function titleOfProfile(ra: Ra, id: string): string {
  const active = activeProfile(ra.authority.current, id);
  return active ? profileOf(active.content).title : id;
}

const HEAD = [
  'sha256',
  'serial',
  'ca',
  'profile',
  'subject',
  'names',
  'agency',
  'not before',
  'not after',
  'key',
  'status',
  'reason',
];

function cells(item: Item): readonly string[] {
  return [
    item.sha256,
    item.serial,
    item.ca,
    item.profile,
    item.subject,
    item.names.join(' '),
    item.agencyId ?? '',
    item.notBefore,
    item.notAfter,
    item.spkiSha256,
    item.status.kind,
    'reason' in item.status ? item.status.reason : '',
  ];
}

function filterOf(ra: Ra, actor: Actor, asked: Asked): CertificateFilter {
  const { expiring = '', status = '', profile = '', agency = '' } = asked;
  const search = (asked.q ?? '').trim();
  const agencyId = agencyOf(actor) ?? (agency === '' ? undefined : agency);
  const now = ra.now();
  const kind = STANDINGS.find((one) => one === status);
  return {
    ...(search === '' ? { withoutResponders: profile !== 'ocsp-responder' } : searchFilter(search)),
    ...(agencyId === undefined ? {} : { agencyId }),
    ...(profile === '' ? {} : { profileId: profile }),
    ...(kind ? { standing: { kind, at: now } } : {}),
    ...(expiring === '' ? {} : { expiresAfter: now, expiresBefore: new Date(now.getTime() + Number(expiring) * DAY) }),
  };
}
