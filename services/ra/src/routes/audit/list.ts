import { listAuditEvents } from '@see/db/ra';
import { type App, Type } from '@see/http';
import { readNumberCursor, writeCursor } from '../../cursor.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Next, pageQuery, pageSize, Time } from '../../schemas/fields.ts';

const EventSchema = Type.Object(
  {
    id: Type.Integer(),
    at: Time,
    login: Type.String({ description: 'The process that wrote it' }),
    kind: Type.String(),
    outcome: Type.Union([Type.Literal('success'), Type.Literal('failure')]),
    actor: Type.Unknown(),
    objectType: Type.String(),
    objectId: Type.String(),
    detail: Type.Unknown(),
  },
  { title: 'AuditEvent' },
);

export function listAudit(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/audit-events',
    {
      config: access('audit.list'),
      schema: {
        summary: 'The audit trail, the newest first',
        tags: ['audit'],
        querystring: Type.Object(
          {
            ...pageQuery,
            kind: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9.-]{0,60}$', description: 'Start of the kind' })),
            object: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
            outcome: Type.Optional(Type.Union([Type.Literal('success'), Type.Literal('failure')])),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(EventSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, kind, object, outcome } = request.query;
      const page = await listAuditEvents(
        ra.db,
        {
          ...(kind === undefined ? {} : { kind }),
          ...(object === undefined ? {} : { objectId: object }),
          ...(outcome === undefined ? {} : { outcome }),
        },
        pageSize(limit),
        readNumberCursor(cursor),
      );
      return {
        items: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })),
        next: page.next === undefined ? null : writeCursor([page.next]),
      };
    },
  );
}
