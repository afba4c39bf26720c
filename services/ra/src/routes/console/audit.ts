import { listAuditEvents, readPersonNames } from '@see/db/ra';
import { type App, Type } from '@see/http';
import { auditPage, viewOf } from '@see/ui';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { listAddress } from './query.ts';
import { readerOf } from './session.ts';

const PAGE = 50;

const Query = Type.Object(
  {
    kind: Type.Optional(Type.String({ pattern: '^(?:[a-z][a-z0-9.-]{0,60})?$' })),
    object: Type.Optional(Type.String({ maxLength: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 600 })),
  },
  { additionalProperties: false },
);

interface StoredActor {
  readonly personId?: string;
  readonly role?: string;
  readonly process?: string;
}

export function auditRoute(scope: App, ra: Ra): void {
  scope.get('/console/audit', { config: access('audit.list'), schema: { querystring: Query } }, async (request) => {
    const { kind = '', cursor } = request.query;
    const object = (request.query.object ?? '').trim();
    const page = await listAuditEvents(
      ra.db,
      { ...(kind === '' ? {} : { kind }), ...(object === '' ? {} : { objectId: object }) },
      PAGE,
      readNumberCursor(cursor),
    );
    const actors = page.rows.map((row) => (row.actor ?? {}) as StoredActor);
    const people = await readPersonNames(
      ra.db,
      actors.flatMap(({ personId }) => (personId === undefined ? [] : [personId])),
    );
    const here = (at: string | undefined): string => listAddress('/console/audit', { kind, object, cursor: at });
    return auditPage(viewOf(ra.site, request), readerOf(ra, request), {
      kind,
      object,
      events: page.rows.map((row, index) => ({
        id: row.id,
        at: row.at,
        login: row.login.replace(/^see_/, ''),
        kind: row.kind,
        outcome: row.outcome,
        actor: actorText(actors[index] ?? {}, people),
        objectType: row.objectType,
        objectId: row.objectId,
        detail: detailText(row.detail),
      })),
      first: cursor === undefined ? undefined : here(undefined),
      next: page.next === undefined ? undefined : here(writeCursor([page.next])),
    });
  });
}

function actorText({ personId, role, process }: StoredActor, people: ReadonlyMap<string, string>): string {
  if (personId === undefined) return process ?? 'nobody';
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
