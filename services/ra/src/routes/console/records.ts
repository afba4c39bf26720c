import { type DatedRecord, listDisposals, listHolds, readPersonNames } from '@see/db/ra';
import { type App, actorOf, Refusal, Type } from '@see/http';
import { DISPOSABLE_KINDS, type DisposableKind, RECORD_STANDINGS, recordStanding, reviewedBetween } from '@see/policy';
import { apiText, type FieldError, type RecordsDone, recordsPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { readRecordCursor, writeCursor } from '../../cursor.ts';
import { approveDisposal, liftHold, placeHold, proposeDisposal } from '../../operations/records/dispose.ts';
import { listRecords } from '../../operations/records/list-records.ts';
import { access, agencyOf, may } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { dayOfForm } from './day.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { listAddress } from './query.ts';
import { assertOwnForm, readerOf } from './session.ts';

const PAGE = 50;
const KINDS = ['agency', 'delegation', 'domain', 'evidence', 'person'] as const;
const Params = Type.Object({ id: Uuid });
const formToken = Type.String({ maxLength: 100 });
const words = Type.String({ maxLength: 500 });
const Query = Type.Object(
  {
    standing: Type.Optional(Type.Enum(['all', ...RECORD_STANDINGS])),
    kind: Type.Optional(Type.Enum(['all', ...KINDS])),
    cursor: Type.Optional(Type.String({ maxLength: 600 })),
    done: Type.Optional(Type.Enum(['held', 'lifted', 'proposed', 'approved'])),
  },
  { additionalProperties: false },
);

interface Asked {
  readonly standing?: 'all' | (typeof RECORD_STANDINGS)[number];
  readonly kind?: 'all' | (typeof KINDS)[number];
  readonly cursor?: string;
  readonly done?: RecordsDone;
}

/** What is due for review, and for those who see it, what is held and disposed of. */
export function recordsRoutes(scope: App, ra: Ra): void {
  scope.get('/console/records', { config: access('record.list'), schema: { querystring: Query } }, (request) =>
    draw(ra, request, request.query, []),
  );
  const body = <T extends Parameters<typeof Type.Object>[0]>(members: T) =>
    Type.Object({ formToken, ...members }, { additionalProperties: false });
  scope.post(
    '/console/records/holds',
    {
      config: access('legal-hold.place'),
      schema: { body: body({ kind: Type.String({ maxLength: 40 }), reason: words }) },
    },
    (request, reply) =>
      act(ra, request, async () => {
        const { kind, reason } = request.body;
        const wish = { reason: atLeast(reason), ...(kind === '' ? {} : { kind: kindNamed(kind) }) };
        await placeHold(ra, actorOf(request), auditActor(request), wish);
        return reply.redirect('/console/records?done=held', 303);
      }),
  );
  scope.post(
    '/console/records/holds/:id/lift',
    { config: access('legal-hold.lift'), schema: { params: Params, body: body({ reason: words }) } },
    (request, reply) =>
      act(ra, request, async () => {
        const reason = atLeast(request.body.reason);
        await liftHold(ra, actorOf(request), auditActor(request), request.params.id, reason);
        return reply.redirect('/console/records?done=lifted', 303);
      }),
  );
  scope.post(
    '/console/records/disposals',
    {
      config: access('disposal.propose'),
      schema: {
        body: body({
          kind: Type.String({ maxLength: 40 }),
          cutOff: Type.String({ maxLength: 10 }),
          authorityRef: Type.String({ maxLength: 200 }),
        }),
      },
    },
    (request, reply) =>
      act(ra, request, async () => {
        const { kind, authorityRef } = request.body;
        const cutOff = dayOfForm(request.body.cutOff, 'cutOff');
        if (!cutOff) throw new Refusal('invalid-request', 'Give the day before which it ended.');
        const wish = { kind: kindNamed(kind), cutOff, authorityRef: atLeast(authorityRef) };
        await proposeDisposal(ra, actorOf(request), auditActor(request), wish);
        return reply.redirect('/console/records?done=proposed', 303);
      }),
  );
  scope.post(
    '/console/records/disposals/:id/approve',
    { config: access('disposal.approve'), schema: { params: Params, body: body({}) } },
    (request, reply) =>
      act(ra, request, async () => {
        await approveDisposal(ra, actorOf(request), auditActor(request), request.params.id);
        return reply.redirect('/console/records?done=approved', 303);
      }),
  );
}

function atLeast(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length < 3) throw new Refusal('invalid-request', 'Say it in a few words.');
  return trimmed;
}

function kindNamed(kind: string): DisposableKind {
  const found = DISPOSABLE_KINDS.find((known) => known === kind);
  if (!found) throw new Refusal('invalid-request', 'Records of this kind are not disposed of.');
  return found;
}

async function act<T>(ra: Ra, request: FastifyRequest, work: () => Promise<T>): Promise<T> {
  assertOwnForm(ra, request);
  try {
    return await work();
  } catch (error) {
    return refuseOnPage(request, error, (text) => draw(ra, request, {}, [{ text: apiText(text) }]));
  }
}

async function draw(ra: Ra, request: FastifyRequest, asked: Asked, errors: readonly FieldError[]): Promise<string> {
  const { standing = 'stale', kind = 'all', cursor } = asked;
  const actor = actorOf(request);
  const agencyId = agencyOf(actor);
  const now = ra.now();
  const filter = {
    ...(agencyId === undefined ? {} : { agencyId }),
    ...(kind === 'all' ? {} : { kind }),
    ...(standing === 'all' ? {} : reviewedBetween(standing, now)),
  };
  const page = await listRecords(ra, filter, PAGE, readRecordCursor(cursor));
  const { agencies } = ra.authority.current;
  const here = (at: string | undefined): string => listAddress('/console/records', { standing, kind, cursor: at });
  return recordsPage(viewOf(ra.site, request), readerOf(ra, request), {
    standing,
    kind,
    records: page.rows.map((record) => ({
      kind: record.kind,
      name: record.name,
      href: placeOf(record),
      agency: agencies.get(record.agencyId ?? '')?.name ?? '–',
      asOf: record.asOf,
      nextReviewAt: record.nextReviewAt,
      standing: recordStanding(record.nextReviewAt, now),
    })),
    first: cursor === undefined ? undefined : here(undefined),
    next: page.next && here(writeCursor([page.next.nextReviewAt.toISOString(), page.next.kind, page.next.id])),
    holds: may(actor, 'legal-hold.list') ? await holdsOf(ra, request) : undefined,
    done: asked.done,
    errors,
  });
}

function placeOf({ kind, id, agencyId }: DatedRecord): string | undefined {
  if (kind === 'person') return `/console/people/${id}`;
  return agencyId !== null && kind !== 'evidence' ? `/console/agencies/${agencyId}` : undefined;
}

async function holdsOf(ra: Ra, request: FastifyRequest) {
  const actor = actorOf(request);
  const [holds, disposals] = await Promise.all([listHolds(ra.db), listDisposals(ra.db)]);
  const names = await readPersonNames(ra.db, [
    ...holds.map(({ placedBy }) => placedBy),
    ...disposals.flatMap(({ proposedBy, approvedBy }) => [proposedBy, ...approvedBy]),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    kinds: DISPOSABLE_KINDS,
    holds: holds.map((hold) => ({ ...hold, placedBy: nameOf(hold.placedBy) })),
    disposals: disposals.map((disposal) => ({
      ...disposal,
      proposedBy: nameOf(disposal.proposedBy),
      approvedBy: disposal.approvedBy.map(nameOf),
      mayApprove:
        disposal.done === null && may(actor, 'disposal.approve') && !disposal.approvedBy.includes(actor.personId),
    })),
    mayPlace: may(actor, 'legal-hold.place'),
    mayLift: may(actor, 'legal-hold.lift'),
    mayPropose: may(actor, 'disposal.propose'),
  };
}
