import { type App, actorOf, Type } from '@see/http';
import { RECORD_STANDINGS, recordStanding, reviewedBetween } from '@see/policy';
import { readRecordCursor, writeCursor } from '../../cursor.ts';
import { listRecords } from '../../operations/records/list-records.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, PersonId, pageQuery, pageSize, Time } from '../../schemas/fields.ts';

const KINDS = ['agency', 'delegation', 'domain', 'evidence', 'person'] as const;

const Record = Type.Object(
  {
    kind: Type.Enum([...KINDS]),
    id: Type.String(),
    agencyId: Type.Union([AgencyId, Type.Null()]),
    name: Type.String(),
    asOf: Time,
    by: Type.Array(PersonId, { description: 'Who says so; empty where nobody noted it' }),
    nextReviewAt: Time,
    standing: Type.Enum([...RECORD_STANDINGS]),
  },
  { title: 'Record' },
);

export function listRecordsRoute(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/records',
    {
      config: access('record.list'),
      schema: {
        summary: 'Records of agencies, domains, delegations, people and evidence by when they have to be reviewed',
        description: '`due` are those with 30 days or less to go, `stale` those past their review: they block orders.',
        tags: ['records'],
        querystring: Type.Object(
          {
            ...pageQuery,
            agency: Type.Optional(AgencyId),
            kind: Type.Optional(Type.Enum([...KINDS])),
            standing: Type.Optional(Type.Enum([...RECORD_STANDINGS])),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Record), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency, kind, standing } = request.query;
      const now = ra.now();
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const filter = {
        ...(agencyId === undefined ? {} : { agencyId }),
        ...(kind === undefined ? {} : { kind }),
        ...(standing === undefined ? {} : reviewedBetween(standing, now)),
      };
      const page = await listRecords(ra, filter, pageSize(limit), readRecordCursor(cursor));
      return {
        items: page.rows.map(({ asOf, by, nextReviewAt, ...row }) => ({
          ...row,
          asOf: asOf.toISOString(),
          by: [...by],
          nextReviewAt: nextReviewAt.toISOString(),
          standing: recordStanding(nextReviewAt, now),
        })),
        next: page.next ? writeCursor([page.next.nextReviewAt.toISOString(), page.next.kind, page.next.id]) : null,
      };
    },
  );
}
