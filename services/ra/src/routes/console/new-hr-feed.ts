import { findHrFeed } from '@see/db/ra';
import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { type FieldError, hrFeedTokenPage, newHrFeedPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { createHrFeed, type HrFeedWish, USUAL_CAP, USUAL_DAYS } from '../../operations/hr-feed/create-feed.ts';
import { isPrivateKey, readFeedKey } from '../../operations/hr-feed/read-feed-key.ts';
import { access, agencyOf, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';
import { refusalOf, refuseOnPage } from './page-of-refusal.ts';
import { fieldErrors } from './person.ts';
import { assertOwnForm, readerOf } from './session.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const Form = Type.Object(
  {
    formToken: Type.String({ maxLength: 100 }),
    agencyId: text(63),
    name: text(200),
    kind: Type.Optional(Type.Enum(['webhook', 'scim'])),
    publicKey: text(5_000),
    dailyCap: text(10),
    days: text(10),
  },
  { additionalProperties: false },
);

type Typed = Readonly<Record<string, string>>;
const USUAL: Typed = { dailyCap: String(USUAL_CAP), days: String(USUAL_DAYS) };

/** A feed of an HR system is registered. A token is in the answer to the form and nowhere else. */
export function newHrFeedRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/hr-feeds/new',
    {
      config: access('hr-feed.create'),
      schema: { querystring: Type.Object({ like: Type.Optional(Uuid) }, { additionalProperties: false }) },
    },
    async (request) => draw(ra, request, { ...USUAL, ...(await like(ra, request, request.query.like)) }, []),
  );
  scope.post(
    '/console/hr-feeds/new',
    { config: access('hr-feed.create'), schema: { body: Form } },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const { formToken: _, ...fields } = request.body;
      const typed = Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
      );
      const errors = missing(typed);
      if (errors.length > 0) return reply.code(400).send(draw(ra, request, typed, errors));
      const actor = actorOf(request);
      const agencyId = typed['agencyId'] ?? '';
      authorise(actor, 'hr-feed.create', agencyId);
      try {
        const { id, token } = await createHrFeed(ra, actor, auditActor(request), wishOf(typed));
        if (token === null) return await reply.redirect(`/console/hr-feeds/${id}?done=registered`, 303);
        const agency = ra.authority.current.agencies.get(agencyId)?.name ?? agencyId;
        return hrFeedTokenPage(viewOf(ra.site, request), readerOf(ra, request), {
          ...{ id, token, agency },
          name: typed['name'] ?? '',
        });
      } catch (error) {
        return refuseOnPage(request, error, async (said) => draw(ra, request, typed, errorsOf(error, said)));
      }
    },
  );
}

/** What a feed that takes the place of another one begins with. */
async function like(ra: Ra, request: FastifyRequest, id: string | undefined): Promise<Typed> {
  const feed = id === undefined ? undefined : await findHrFeed(ra.db, id);
  const own = agencyOf(actorOf(request));
  if (!feed || (own !== undefined && feed.agencyId !== own)) return {};
  const { agencyId, name, kind, dailyCap } = feed;
  return { agencyId, name, kind, dailyCap: String(dailyCap) };
}

function wishOf({ agencyId = '', name = '', kind, publicKey = '', dailyCap, days }: Typed): HrFeedWish {
  return {
    ...{ agencyId, name },
    ...(kind === 'scim' ? { kind } : { kind: 'webhook', publicKey: readFeedKey(publicKey) }),
    dailyCap: Number(dailyCap),
    days: Number(days),
  };
}

function missing({
  agencyId = '',
  name = '',
  kind,
  publicKey,
  dailyCap = '',
  days = '',
}: Typed): readonly FieldError[] {
  return [
    ...(agencyId === '' ? [{ field: 'agencyId', text: t`Choose an agency.` }] : []),
    ...(name.length >= 1 && name.length <= 100
      ? []
      : [{ field: 'name', text: t`Give the feed a name of at most 100 characters.` }]),
    ...(kind === undefined ? [{ field: 'kind', text: t`Choose how it tells.` }] : []),
    ...(kind === 'webhook' && publicKey === undefined
      ? [{ field: 'publicKey', text: t`Paste the public key by which the webhook is recognised.` }]
      : []),
    ...(/^[0-9]{1,3}$/.test(dailyCap) && Number(dailyCap) <= 200
      ? []
      : [{ field: 'dailyCap', text: t`Give a number from 0 to 200.` }]),
    ...(/^[0-9]{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= 366
      ? []
      : [{ field: 'days', text: t`Give a number from 1 to 366.` }]),
  ];
}

function errorsOf(error: unknown, said: string): readonly FieldError[] {
  const refusal = refusalOf(error);
  if (!refusal) return [{ text: said }];
  const found = fieldErrors(refusal, said);
  if (refusal.code === 'already-exists') return found.map((one) => ({ ...one, field: 'publicKey' }));
  return refusal.code === 'wrong-state' ? found.map((one) => ({ ...one, field: 'agencyId' })) : found;
}

function draw(ra: Ra, request: FastifyRequest, typed: Typed, errors: readonly FieldError[]): string {
  const own = agencyOf(actorOf(request));
  const agencies = [...ra.authority.current.agencies.values()]
    .filter(({ agencyId, status }) => status === 'active' && (own === undefined || agencyId === own))
    .map(({ agencyId: id, name }) => ({ id, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const { publicKey = '', ...rest } = typed;
  // A private key that came by mistake is not sent back.
  const shown = isPrivateKey(publicKey) ? rest : typed;
  return newHrFeedPage(viewOf(ra.site, request), readerOf(ra, request), { agencies, typed: shown, errors });
}
