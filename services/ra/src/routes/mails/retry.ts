import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { mailFor } from '../../operations/find-mail.ts';
import { retryFailedMail } from '../../operations/retry-mail.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { MailSchema, mailView } from '../../schemas/mail.ts';

export function retryMailRoute(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/mails/:id/retry',
    {
      config: access('mail.retry'),
      schema: {
        summary: 'Try a mail that was given up again',
        tags: ['mails'],
        params: Type.Object({ id: Uuid }),
        body: Type.Object({}, { additionalProperties: false }),
        response: { 200: MailSchema },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { id } = request.params;
      await retryFailedMail(ra, auditActor(request), await mailFor(ra, actor, 'mail.retry', id));
      return mailView(await mailFor(ra, actor, 'mail.retry', id));
    },
  );
}
