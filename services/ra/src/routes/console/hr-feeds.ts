import { findHrReport, listHrFeeds, listHrReports, readLastReports, readPersonNames } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { t } from '@see/language';
import { apiText, hrFeedsPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { confirmReport, dismissReport } from '../../operations/hr-feed/decide-report.ts';
import { access, agencyOf, authorise, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { hrFeedView } from '../../schemas/hr-feed.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const SHOWN = 50;
const DONE = { confirm: t`It is declared.`, dismiss: t`It is dismissed.` } as const;

const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    report: Type.String({ pattern: '^[0-9]{1,15}$' }),
    decision: Type.Enum(['confirm', 'dismiss']),
    reason: Type.String({ maxLength: 500 }),
  },
  { additionalProperties: false },
);

/** The page of what feeds of HR systems told and what waits for a person, and its two buttons. */
export function hrFeedsRoute(scope: App, ra: Ra): void {
  scope.get(
    '/console/hr-feeds',
    {
      config: access('hr-report.list'),
      schema: { querystring: Type.Object({ done: Type.Optional(Type.Enum(['confirm', 'dismiss'])) }) },
    },
    (request) => draw(ra, request, { done: request.query.done && DONE[request.query.done] }),
  );
  scope.post(
    '/console/hr-feeds',
    { config: access('hr-report.confirm'), schema: { body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const { decision } = request.body;
      try {
        await decide(ra, request, request.body);
      } catch (error) {
        return refuseOnPage(request, error, (text) => draw(ra, request, { error: apiText(text) }));
      }
      return reply.redirect(`/console/hr-feeds?done=${decision}`, 303);
    },
  );
}

async function decide(
  ra: Ra,
  request: FastifyRequest,
  { report: id, decision, reason }: { report: string; decision: 'confirm' | 'dismiss'; reason: string },
): Promise<void> {
  const actor = actorOf(request);
  const report = await findHrReport(ra.db, Number(id));
  if (!report) throw new Refusal('not-found', 'No feed told anything under this number.');
  authorise(actor, decision === 'confirm' ? 'hr-report.confirm' : 'hr-report.dismiss', report.agencyId);
  if (decision === 'confirm') {
    await confirmReport(ra, actor, auditActor(request), report, {});
    return;
  }
  const why = reason.trim();
  if (why.length < 3) throw new Refusal('invalid-request', 'Say why, in a few words.');
  await dismissReport(ra, actor, auditActor(request), report, why);
}

async function draw(ra: Ra, request: FastifyRequest, said: Parameters<typeof hrFeedsPage>[3]): Promise<string> {
  const actor = actorOf(request);
  const agencyId = agencyOf(actor);
  const filter = agencyId === undefined ? {} : { agencyId };
  const [waiting, feeds] = await Promise.all([
    listHrReports(ra.db, { ...filter, waiting: true }, SHOWN, undefined),
    listHrFeeds(ra.db, filter, SHOWN, undefined),
  ]);
  const [names, last] = await Promise.all([
    readPersonNames(
      ra.db,
      waiting.rows.map(({ personId }) => personId),
    ),
    readLastReports(
      ra.db,
      feeds.rows.map(({ id }) => id),
    ),
  ]);
  const agencyName = (id: string): string => ra.authority.current.agencies.get(id)?.name ?? id;
  const now = ra.now();
  return hrFeedsPage(
    viewOf(ra.site, request),
    readerOf(ra, request),
    {
      waiting: waiting.rows.map(({ id, personId, kind, waitsFor, effectiveAt, receivedAt, detail, ...report }) => ({
        id,
        personId,
        person: names.get(personId) ?? personId,
        agency: agencyName(report.agencyId),
        kind,
        waitsFor: waitsFor ?? '',
        effectiveAt,
        receivedAt,
        detail: toldWith(agencyName, detail as Readonly<Record<string, string>>),
        // Only operators move people between agencies.
        mayConfirm: may(actor, 'hr-report.confirm') && (kind !== 'mover' || actor.role === 'operator'),
        mayDismiss: may(actor, 'hr-report.dismiss'),
      })),
      more: waiting.next !== undefined,
      feeds: feeds.rows.map((feed) => ({
        ...hrFeedView(feed, now),
        agency: agencyName(feed.agencyId),
        expiresAt: feed.expiresAt,
        lastAt: last.get(feed.id),
      })),
      mayCreate: may(actor, 'hr-feed.create'),
    },
    said,
  );
}

/** What was told, with the name of an agency for its id. */
function toldWith(
  agencyName: (id: string) => string,
  { toAgencyId, ...told }: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { ...told, ...(toAgencyId === undefined ? {} : { toAgencyId: agencyName(toAgencyId) }) };
}
