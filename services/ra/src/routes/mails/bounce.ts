import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { reportBounce } from '../../operations/report-bounce.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { PersonId, Time } from '../../schemas/fields.ts';

const Body = Type.Object(
  {
    address: Type.String({ minLength: 3, maxLength: 254 }),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false },
);

export function reportBounceRoute(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/mail-bounces',
    {
      config: access('mail-bounce.create'),
      schema: {
        summary: 'Say that mail to an address came back',
        description: 'No code goes there until its owner shows that the mailbox is theirs.',
        tags: ['mails'],
        body: Body,
        response: {
          201: Type.Object(
            { address: Type.String(), since: Time, people: Type.Array(PersonId) },
            { title: 'MailBounce' },
          ),
        },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const body = request.body as { address: string; note?: string };
      const { address, since, people } = await reportBounce(ra, actor, auditActor(request), body);
      return reply.code(201).send({ address, since: since.toISOString(), people: [...people] });
    },
  );
}
