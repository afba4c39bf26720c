import { listPeople, type Person, type PersonFilter } from '@see/db/ra';
import { type Actor, type App, actorOf, Type } from '@see/http';
import { writeCsv } from '@see/person-import';
import { RECORD_STANDINGS, recordStanding, reviewedBetween } from '@see/policy';
import { peoplePage, type RegistryPlace, verbatim, viewOf } from '@see/ui';
import { readNameCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf, may, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId } from '../../schemas/fields.ts';
import { personView } from '../../schemas/person.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const PAGE = 50;
/** People in one file; whoever has more takes an agency at a time. */
const MOST = 50_000;
const CHUNK = 1_000;

const filters = {
  q: Type.Optional(Type.String({ maxLength: 254 })),
  agency: Type.Optional(Type.Union([AgencyId, Type.Literal('')])),
  standing: Type.Optional(Type.Enum(['', ...RECORD_STANDINGS])),
};
const Query = Type.Object(
  { ...filters, cursor: Type.Optional(Type.String({ maxLength: 600 })) },
  { additionalProperties: false },
);

interface Wanted {
  readonly q?: string;
  readonly agency?: string;
  readonly standing?: '' | (typeof RECORD_STANDINGS)[number];
}

/** The list of people, and the same as a file. */
export function peopleRoutes(scope: App, ra: Ra): void {
  scope.get('/console/people', { config: access('person.list'), schema: { querystring: Query } }, async (request) => {
    const { cursor, ...wanted } = request.query;
    const actor = actorOf(request);
    const now = ra.now();
    const page = await listPeople(ra.db, filterOf(actor, wanted, now), PAGE, readNameCursor(cursor));
    const { agencies } = ra.authority.current;
    const members = { q: wanted.q?.trim(), agency: wanted.agency, standing: wanted.standing };
    const here = (at: string | undefined): string => listAddress('/console/people', { ...members, cursor: at });
    return peoplePage(viewOf(ra.site, request), readerOf(ra, request), {
      search: members.q ?? '',
      agency: wanted.agency ?? '',
      standing: wanted.standing ?? '',
      agencies:
        agencyOf(actor) === undefined
          ? [...agencies.values()]
              .map(({ agencyId: id, name }) => ({ id, name }))
              .toSorted((one, other) => one.name.localeCompare(other.name))
          : [],
      people: page.rows.map((person) => ({
        id: person.id,
        name: person.displayName,
        email: person.email,
        agency: agencies.get(person.agencyId ?? '')?.name ?? person.agencyId ?? '–',
        standing: recordStanding(person.nextReviewAt, now),
        nextReviewAt: person.nextReviewAt,
        leftAt: person.leftAt,
      })),
      first: cursor === undefined ? undefined : here(undefined),
      next: page.next && here(writeCursor([page.next.name, page.next.id])),
      csv: listAddress('/console/people.csv', members),
      links: registryPlaces(actor),
      mayEnter: may(actor, 'person.create'),
    });
  });
  scope.get(
    '/console/people.csv',
    {
      config: access('person.list'),
      schema: { querystring: Type.Object(filters, { additionalProperties: false }) },
    },
    async (request, reply) => {
      const now = ra.now();
      const rows = await everybody(ra, filterOf(actorOf(request), request.query, now));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', verbatim`attachment; filename="people.csv"`)
        .send(Buffer.from(writeCsv([CSV, ...rows.map((person) => cells(person, now))])));
    },
  );
}

const CSV =
  verbatim`id,agency,given name,surname,display name,email,external id,last verified,next review,standing,left`.split(
    ',',
  );

function cells(person: Person, now: Date): readonly string[] {
  const { id, agencyId, givenName, surname, displayName, email, externalId, ...view } = personView(person, now);
  const texts = [id, agencyId, givenName, surname, displayName, email, externalId];
  return [...texts, view.lastVerifiedAt, view.nextReviewAt, view.standing, view.leftAt].map((text) => text ?? '');
}

async function everybody(ra: Ra, filter: PersonFilter): Promise<readonly Person[]> {
  const rows: Person[] = [];
  let place: { name: string; id: string } | undefined;
  do {
    const page = await listPeople(ra.db, filter, CHUNK, place);
    rows.push(...page.rows);
    place = page.next;
  } while (place && rows.length < MOST);
  return rows;
}

function filterOf(actor: Actor, { q = '', agency = '', standing = '' }: Wanted, now: Date): PersonFilter {
  const { after, until } = standing === '' ? {} : reviewedBetween(standing, now);
  const agencyId = agencyOf(actor) ?? (agency === '' ? undefined : agency);
  const search = q.trim();
  return {
    ...(agencyId === undefined ? {} : { agencyId }),
    ...(search === '' ? {} : { search }),
    ...(after ? { reviewAfter: after } : {}),
    ...(until ? { reviewUntil: until } : {}),
  };
}

const PLACES: readonly (readonly [RegistryPlace, Operation])[] = [
  ['imports', 'import.list'],
  ['leavers', 'person.leavers'],
  ['hr-feeds', 'hr-report.list'],
  ['records', 'record.list'],
  ['recoveries', 'recovery.list'],
  ['mails', 'mail.list'],
];

/** Pages of the registry that an actor may open. */
export function registryPlaces(actor: Actor): readonly RegistryPlace[] {
  return PLACES.filter(([, operation]) => may(actor, operation)).map(([place]) => place);
}
