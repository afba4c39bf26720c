import { listMails } from '@see/db/ra';
import { MAIL_STATES } from '@see/domain';
import { type App, actorOf, Type } from '@see/http';
import { apiText, type FieldError, mailsPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { readTimeCursor, writeCursor } from '../../cursor.ts';
import { mailFor } from '../../operations/find-mail.ts';
import { retryFailedMail } from '../../operations/retry-mail.ts';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { listAddress } from './query.ts';
import { assertOwnForm, readerOf } from './session.ts';

const PAGE = 50;
const Query = Type.Object(
  {
    state: Type.Optional(Type.Enum(['all', ...MAIL_STATES])),
    recipient: Type.Optional(Type.String({ maxLength: 254 })),
    cursor: Type.Optional(Type.String({ maxLength: 600 })),
    done: Type.Optional(Type.Literal('retry')),
  },
  { additionalProperties: false },
);

/** The outbox of mails, those that were given up first asked for, and another try. */
export function mailsRoutes(scope: App, ra: Ra): void {
  scope.get('/console/mails', { config: access('mail.list'), schema: { querystring: Query } }, (request) =>
    draw(ra, request, request.query, []),
  );
  scope.post(
    '/console/mails/:id/retry',
    {
      config: access('mail.retry'),
      schema: {
        params: Type.Object({ id: Uuid }),
        body: Type.Object({ formToken: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const mail = await mailFor(ra, actorOf(request), 'mail.retry', request.params.id);
      try {
        await retryFailedMail(ra, auditActor(request), mail);
      } catch (error) {
        return refuseOnPage(request, error, (text) => draw(ra, request, {}, [{ text: apiText(text) }]));
      }
      return reply.redirect('/console/mails?done=retry', 303);
    },
  );
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  query: { readonly state?: 'all' | (typeof MAIL_STATES)[number]; recipient?: string; cursor?: string; done?: string },
  errors: readonly FieldError[],
): Promise<string> {
  const { state = 'failed', cursor } = query;
  const recipient = (query.recipient ?? '').trim();
  const actor = actorOf(request);
  const agencyId = agencyOf(actor);
  const page = await listMails(
    ra.db,
    {
      ...(agencyId === undefined ? {} : { agencyId }),
      ...(state === 'all' ? {} : { state }),
      ...(recipient === '' ? {} : { recipient }),
    },
    PAGE,
    readTimeCursor(cursor),
  );
  const { agencies } = ra.authority.current;
  const here = (at: string | undefined): string => listAddress('/console/mails', { state, recipient, cursor: at });
  return mailsPage(viewOf(ra.site, request), readerOf(ra, request), {
    state,
    recipient,
    mails: page.rows.map((mail) => ({
      ...mail,
      agency: agencies.get(mail.agencyId ?? '')?.name ?? '–',
      mayRetry: mail.state === 'failed' && may(actor, 'mail.retry'),
    })),
    first: cursor === undefined ? undefined : here(undefined),
    next: page.next && here(writeCursor([page.next.createdAt.getTime(), page.next.id])),
    done: query.done === 'retry',
    errors,
  });
}
