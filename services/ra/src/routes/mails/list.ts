import { listMails as queryMails } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { access, agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { AgencyId, Next, pageQuery, pageSize } from '../../schemas/fields.ts';
import { MailSchema, MailStateSchema, mailView } from '../../schemas/mail.ts';

export function listMails(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/mails',
    {
      config: access('mail.list'),
      schema: {
        summary: 'Mails of the outbox, the newest first',
        description: 'What a mail is about and what became of it. What it says is kept nowhere.',
        tags: ['mails'],
        querystring: Type.Object(
          {
            ...pageQuery,
            agency: Type.Optional(AgencyId),
            state: Type.Optional(MailStateSchema),
            recipient: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(MailSchema), next: Next }) },
      },
    },
    async (request) => {
      const { limit, cursor, agency, state, recipient } = request.query;
      const agencyId = agencyOf(actorOf(request)) ?? agency;
      const page = await queryMails(
        ra.db,
        {
          ...(agencyId === undefined ? {} : { agencyId }),
          ...(state === undefined ? {} : { state }),
          ...(recipient === undefined ? {} : { recipient }),
        },
        pageSize(limit),
        readTimeCursor(cursor),
      );
      return {
        items: page.rows.map(mailView),
        next: page.next ? writeCursor([page.next.createdAt.getTime(), page.next.id]) : null,
      };
    },
  );
}
