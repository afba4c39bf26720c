import { listServiceFindings, listServiceReviews, readPersonNames } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { type HtmlValue, t } from '@see/language';
import { type FieldError, servicePage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { addFinding, closeFinding, removeService, reviewService } from '../../operations/catalogue/change-catalogue.ts';
import { type CatalogueEntry, catalogueEntry } from '../../operations/catalogue/read-catalogue.ts';
import { access, may, type Operation } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { byOf } from '../services/change.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Uuid });
const token = { formToken: Type.String({ maxLength: 100 }) };
const Text = Type.String({ maxLength: 1_000 });

const DONE: Readonly<Record<string, HtmlValue>> = {
  added: t`The entry is in the catalogue. Its site is looked at within ten minutes.`,
  review: t`The review is recorded.`,
  finding: t`The finding is recorded.`,
  'close-finding': t`The finding is closed.`,
};

/** The page of an entry and its forms. */
export function serviceRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/services/:id',
    {
      config: access('service.show'),
      schema: {
        params: Params,
        querystring: Type.Object({ done: Type.Optional(Type.Enum(['added', 'review', 'finding', 'close-finding'])) }),
      },
    },
    async (request) => {
      const entry = await catalogueEntry(ra, actorOf(request), 'service.show', request.params.id);
      return draw(ra, request, entry, { done: request.query.done && DONE[request.query.done], errors: [] });
    },
  );
  const act = async (
    request: FastifyRequest,
    operation: Operation,
    run: (entry: CatalogueEntry) => Promise<readonly FieldError[] | undefined>,
  ): Promise<string | undefined> => {
    assertOwnForm(ra, request);
    const entry = await catalogueEntry(ra, actorOf(request), operation, (request.params as { id: string }).id);
    try {
      const errors = await run(entry);
      return errors && (await draw(ra, request, entry, { done: undefined, errors }));
    } catch (error) {
      return refuseOnPage(request, error, (text) => draw(ra, request, entry, { done: undefined, errors: [{ text }] }));
    }
  };
  scope.post(
    '/console/services/:id/review',
    {
      config: access('service.review'),
      schema: { params: Params, body: Type.Object({ ...token, reviewedOn: Text, note: Text }) },
    },
    async (request, reply) => {
      const { reviewedOn, note } = request.body;
      const faulty = await act(request, 'service.review', async (entry) => {
        const errors = [...dayError('reviewedOn', reviewedOn), ...textError('note', note)];
        if (errors.length > 0) return errors;
        await reviewService(ra, byOf(request), entry, { reviewedOn, note: note.trim() });
        return undefined;
      });
      return answer(reply, faulty, `/console/services/${request.params.id}?done=review`);
    },
  );
  scope.post(
    '/console/services/:id/finding',
    {
      config: access('service.add-finding'),
      schema: { params: Params, body: Type.Object({ ...token, text: Text, owner: Text, dueOn: Text }) },
    },
    async (request, reply) => {
      const { text, owner, dueOn } = request.body;
      const faulty = await act(request, 'service.add-finding', async (entry) => {
        const errors = [...textError('text', text), ...textError('owner', owner, 120), ...dayError('dueOn', dueOn)];
        if (errors.length > 0) return errors;
        await addFinding(ra, byOf(request), entry, { text: text.trim(), owner: owner.trim(), dueOn });
        return undefined;
      });
      return answer(reply, faulty, `/console/services/${request.params.id}?done=finding`);
    },
  );
  scope.post(
    '/console/services/:id/close-finding',
    {
      config: access('service.close-finding'),
      schema: {
        params: Params,
        body: Type.Object({ ...token, finding: Type.String({ pattern: '^[0-9]{1,15}$' }), closing: Text }),
      },
    },
    async (request, reply) => {
      const { finding, closing } = request.body;
      const faulty = await act(request, 'service.close-finding', async (entry) => {
        const errors = textError(`closing-${finding}`, closing);
        if (errors.length > 0) return errors;
        await closeFinding(ra, byOf(request), entry, Number(finding), closing.trim());
        return undefined;
      });
      return answer(reply, faulty, `/console/services/${request.params.id}?done=close-finding`);
    },
  );
  scope.post(
    '/console/services/:id/remove',
    { config: access('service.remove'), schema: { params: Params, body: Type.Object(token) } },
    async (request, reply) => {
      const faulty = await act(request, 'service.remove', async (entry) => {
        await removeService(ra, byOf(request), entry);
        return undefined;
      });
      return answer(reply, faulty, '/console/services?done=removed');
    },
  );
}

function answer(
  reply: { code(status: number): { send(page: string): unknown }; redirect(to: string, status: number): unknown },
  faulty: string | undefined,
  to: string,
): unknown {
  return faulty === undefined ? reply.redirect(to, 303) : reply.code(400).send(faulty);
}

function textError(field: string, text: string, most = 500): readonly FieldError[] {
  const { length } = text.trim();
  return length >= 3 && length <= most ? [] : [{ field, text: t`Say it in 3 to ${most} characters.` }];
}

function dayError(field: string, day: string): readonly FieldError[] {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && new Date(day).toISOString().startsWith(day);
  return isDay ? [] : [{ field, text: t`Give a day like 2026-11-22.` }];
}

async function draw(
  ra: Ra,
  request: FastifyRequest,
  entry: CatalogueEntry,
  said: { readonly done: HtmlValue; readonly errors: readonly FieldError[] },
): Promise<string> {
  const actor = actorOf(request);
  const [reviews, findings] = await Promise.all([
    listServiceReviews(ra.db, entry.id),
    listServiceFindings(ra.db, entry.id),
  ]);
  const names = await readPersonNames(ra.db, [
    ...reviews.map(({ reviewedBy }) => reviewedBy),
    ...findings.flatMap(({ closedBy }) => (closedBy === null ? [] : [closedBy])),
  ]);
  const today = ra.now().toISOString().slice(0, 10);
  const { observation, certificate, ...line } = entry;
  return servicePage(viewOf(ra.site, request), readerOf(ra, request), {
    ...line,
    observation: observation && { ...observation, sha256: observation.sha256?.toHex() ?? null },
    certificate: certificate?.sha256.toHex() ?? null,
    reviews: reviews.map(({ reviewedOn, note, reviewedBy }) => ({
      reviewedOn: new Date(reviewedOn),
      note,
      by: names.get(reviewedBy) ?? reviewedBy,
    })),
    findings: findings.map(({ id, text, owner, dueOn, closedAt, closedBy, closingNote }) => ({
      id,
      text,
      owner,
      dueOn: new Date(dueOn),
      late: closedAt === null && dueOn < today,
      closed: closedAt && { at: closedAt, by: names.get(closedBy ?? '') ?? closedBy ?? '', note: closingNote ?? '' },
    })),
    mayReview: may(actor, 'service.review'),
    mayAddFinding: may(actor, 'service.add-finding'),
    mayCloseFinding: may(actor, 'service.close-finding'),
    mayRemove: may(actor, 'service.remove'),
    today,
    ...said,
  });
}
