import { type App, actorOf, Type } from '@see/http';
import { mailFor } from '../../operations/find-mail.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { MailSchema, mailView } from '../../schemas/mail.ts';

export function showMail(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/mails/:id',
    {
      config: access('mail.show'),
      schema: {
        summary: 'One mail of the outbox',
        tags: ['mails'],
        params: Type.Object({ id: Uuid }),
        response: { 200: MailSchema },
      },
    },
    async (request) => mailView(await mailFor(ra, actorOf(request), 'mail.show', request.params.id)),
  );
}
