import {
  type AuditEventRow,
  type AuditFilter,
  findPeopleByMail,
  listAuditEvents,
  listAuditVerifications,
  readPersonNames,
} from '@see/db/ra';
import { type App, Type } from '@see/http';
import { t } from '@see/language';
import { auditPage, type FieldError, viewOf } from '@see/ui';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { agencyOptionsOfAll } from './agency-options.ts';
import { verificationFacts } from './audit-verifications.ts';
import { sendCsv } from './csv-download.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const PAGE = 50;
const DAY = 86_400_000;

const filters = {
  kind: Type.Optional(Type.String({ pattern: '^(?:[a-z][a-z0-9.-]{0,60})?$' })),
  object: Type.Optional(Type.String({ maxLength: 200 })),
  person: Type.Optional(Type.String({ maxLength: 254 })),
  agency: Type.Optional(Type.String({ pattern: '^(?:[a-z0-9][a-z0-9-]{0,62})?$' })),
  from: Type.Optional(Type.String({ maxLength: 40 })),
  until: Type.Optional(Type.String({ maxLength: 40 })),
  outcome: Type.Optional(Type.Enum(['', 'success', 'failure'])),
};
const Query = Type.Object(
  { ...filters, cursor: Type.Optional(Type.String({ maxLength: 600 })) },
  { additionalProperties: false },
);
const CsvQuery = Type.Object(filters, { additionalProperties: false });

type Asked = Partial<Record<keyof typeof filters, string>>;

interface StoredActor {
  readonly personId?: string;
  readonly role?: string;
  readonly process?: string;
}

/** The audit trail with its filters, and the same as a file. */
export function auditRoute(scope: App, ra: Ra): void {
  scope.get('/console/audit', { config: access('audit.list'), schema: { querystring: Query } }, async (request) => {
    const { kind = '', agency = '', from = '', until = '', outcome = '', cursor } = request.query;
    const [object, person] = [(request.query.object ?? '').trim(), (request.query.person ?? '').trim()];
    const { filter, errors } = await readFilter(ra, request.query);
    const [page, [last]] = await Promise.all([
      filter ? listAuditEvents(ra.db, filter, PAGE, readNumberCursor(cursor)) : { rows: [], next: undefined },
      listAuditVerifications(ra.db, 1),
    ]);
    const people = await actorNames(ra, page.rows);
    const members = { kind, object, person, agency, from, until, outcome };
    const here = (at: string | undefined): string => listAddress('/console/audit', { ...members, cursor: at });
    return auditPage(viewOf(ra.site, request), readerOf(ra, request), {
      now: ra.now(),
      ...members,
      agencies: agencyOptionsOfAll(ra),
      events: page.rows.map((row) => ({
        ...row,
        login: row.login.replace(/^see_/, ''),
        actor: actorText(row, people),
        detail: detailText(row.detail),
      })),
      first: cursor === undefined ? undefined : here(undefined),
      next: page.next === undefined ? undefined : here(writeCursor([page.next])),
      csv: listAddress('/console/audit.csv', members),
      verification: last && (await verificationFacts(ra, last)),
      errors,
    });
  });
  scope.get(
    '/console/audit.csv',
    { config: access('audit.list'), schema: { querystring: CsvQuery } },
    async (request, reply) => {
      const { filter } = await readFilter(ra, request.query);
      return sendCsv(reply, 'audit', HEAD, async (size, after: number | undefined) => {
        if (!filter) return { rows: [], next: undefined };
        const page = await listAuditEvents(ra.db, filter, size, after);
        const people = await actorNames(ra, page.rows);
        return { rows: page.rows.map((row) => cells(row, people)), next: page.next };
      });
    },
  );
}

const HEAD = ['number', 'at', 'process', 'kind', 'outcome', 'actor', 'object type', 'object', 'detail'];

function cells(row: AuditEventRow, people: ReadonlyMap<string, string>): readonly string[] {
  const { id, at, login, kind, outcome, objectType, objectId, detail } = row;
  const text = JSON.stringify(detail);
  return [String(id), at.toISOString(), login, kind, outcome, actorText(row, people), objectType, objectId, text];
}

/** The filter that is asked for; undefined, with what is wrong, when it cannot be read. */
async function readFilter(ra: Ra, asked: Asked): Promise<{ filter: AuditFilter | undefined; errors: FieldError[] }> {
  const { kind = '', agency = '', outcome = '' } = asked;
  const [object, who] = [(asked.object ?? '').trim(), (asked.person ?? '').trim()];
  const errors: FieldError[] = [];
  const from = dayOf(asked.from);
  const until = dayOf(asked.until);
  if (from === null) errors.push({ field: 'from', text: t`Give a day.` });
  if (until === null) errors.push({ field: 'until', text: t`Give a day.` });
  const personId = who === '' ? undefined : await personOf(ra, who);
  if (personId === null) errors.push({ field: 'person', text: t`Nobody has this number or address.` });
  if (from === null || until === null || personId === null) return { filter: undefined, errors };
  const filter = {
    ...(kind === '' ? {} : { kind }),
    ...(object === '' ? {} : { objectId: object }),
    ...(agency === '' ? {} : { agencyId: agency }),
    ...(outcome === '' ? {} : { outcome: outcome === 'failure' ? ('failure' as const) : ('success' as const) }),
    ...(personId === undefined ? {} : { personId }),
    ...(from ? { from } : {}),
    ...(until ? { until: new Date(until.getTime() + DAY) } : {}),
  } as const;
  return { filter, errors };
}

/** Midnight UTC of a day; undefined where none is given, null where it is none. */
function dayOf(text: string | undefined): Date | undefined | null {
  if (text === undefined || text === '') return undefined;
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : undefined;
  return day && !Number.isNaN(day.getTime()) ? day : null;
}

async function personOf(ra: Ra, text: string): Promise<string | null> {
  if (/^[0-9A-HJKMNP-TV-Z]{16}$/i.test(text)) return text.toUpperCase();
  return (await findPeopleByMail(ra.db, [text])).get(text.toLowerCase())?.id ?? null;
}

async function actorNames(ra: Ra, rows: readonly AuditEventRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.map(({ actor }) => ((actor ?? {}) as StoredActor).personId);
  return readPersonNames(
    ra.db,
    ids.filter((id) => id !== undefined),
  );
}

/** Who it was, or which process; nothing where nobody was known. */
function actorText({ actor }: AuditEventRow, people: ReadonlyMap<string, string>): string {
  const { personId, role, process } = (actor ?? {}) as StoredActor;
  if (personId === undefined) return process ?? '';
  return `${people.get(personId) ?? personId}${role === undefined ? '' : `, ${role}`}`;
}

/** Members of the detail on one line; long values are cut, the API has them whole. */
function detailText(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return '';
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const most = /^[0-9a-f]+$/.test(text) ? 17 : 60;
      return `${name}: ${text.length > most ? `${text.slice(0, most - 1)}…` : text}`;
    })
    .join('; ');
}
