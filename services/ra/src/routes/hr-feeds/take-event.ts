import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type App, type Limit, parseStrictJson, Refusal, type Static, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { feedFrom, feedOfSignature, SIGNATURE_HEADER } from '../../operations/hr-feed/authenticate-feed.ts';
import { type HrNews, takeReport } from '../../operations/hr-feed/take-report.ts';
import type { Ra } from '../../ra.ts';
import { refusedFor } from '../../refusal.ts';
import { AgencyId, dateOf, ExternalId, PersonId, Time } from '../../schemas/fields.ts';
import { HrReportSchema, hrReportView } from '../../schemas/hr-feed.ts';

const Name = Type.String({ minLength: 1, maxLength: 64 });

const Body = Type.Object(
  {
    kind: Type.Enum(['leaver', 'mover', 'name-change']),
    person: Type.Object(
      { id: Type.Optional(PersonId), externalId: Type.Optional(ExternalId) },
      { additionalProperties: false, description: 'One of the two' },
    ),
    effectiveAt: Type.Optional(Time),
    toAgencyId: Type.Optional(AgencyId),
    email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
    givenName: Type.Optional(Name),
    surname: Type.Optional(Name),
    displayName: Type.Optional(Name),
  },
  { additionalProperties: false, title: 'HrEvent' },
);

/** Which members say something about which kind. */
const BELONGS: Readonly<Record<string, readonly HrNews['kind'][]>> = {
  toAgencyId: ['mover'],
  email: ['mover', 'name-change'],
  givenName: ['name-change'],
  surname: ['name-change'],
  displayName: ['name-change'],
};

/** How far ahead or back something may take effect; further is a mistake. */
const FARTHEST = 366 * 86_400_000;

/** The webhook of HR systems: a signed body about one person. */
export async function hrEventRoute(app: App, ra: Ra, limit: Limit): Promise<void> {
  await app.register(async (scope: App) => {
    const octets = new WeakMap<IncomingMessage, Uint8Array>();
    const eventIds = new WeakMap<IncomingMessage, string>();
    // The signature is over the octets as they came.
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
      try {
        octets.set(request.raw, body as Buffer);
        done(null, parseStrictJson(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    });
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    // Before the form of the body is looked at: who is no feed learns nothing of it.
    scope.addHook('preValidation', async (request) => {
      const { eventId } = await feedOfSignature(ra, request, octets.get(request.raw) ?? new Uint8Array());
      eventIds.set(request.raw, eventId);
    });
    scope.post(
      '/api/v1/hr-events',
      {
        config: { operation: 'hr-event.take', public: true },
        bodyLimit: 16_384,
        onRequest: limit,
        schema: {
          summary: 'Tell that somebody leaves, moves or has another name',
          description:
            `For HR systems. ${SIGNATURE_HEADER} carries a detached JWS (RFC 7515 appendix F) over the body: header {"alg":"ES384",` +
            '"kid":<thumbprint>,"iat":<seconds, within five minutes>,"jti":<id of the event>}. The same id with the same body gives ' +
            'what was answered first (200). A leaver is declared at once (201), or waits for a person beyond the caps (202); moves and ' +
            'new names always wait (202).',
          tags: ['hr-feeds'],
          body: Body,
          response: { 200: HrReportSchema, 201: HrReportSchema, 202: HrReportSchema },
        },
      },
      async (request, reply) => {
        const body = octets.get(request.raw);
        const id = eventIds.get(request.raw);
        if (!body || id === undefined) throw new Refusal('feed-refused', 'The body is not signed.');
        const feed = feedFrom(request);
        const bodySha256 = new Uint8Array(createHash('sha256').update(body).digest());
        const news = newsOf(request.body, ra.now());
        const { report, taken } = await takeReport(ra, feed, auditActor(request), news, { id, bodySha256 });
        const code = report.waitsFor === null ? 201 : 202;
        return reply.code(taken ? code : 200).send(hrReportView(report));
      },
    );
  });
}

/** What was told, in the form of every feed. Throws Refusal `invalid-request` with everything that is wrong. */
function newsOf({ kind, person, effectiveAt, ...rest }: Static<typeof Body>, now: Date): HrNews {
  const { id, externalId } = person;
  const faults = Object.keys(rest)
    .filter((member) => !BELONGS[member]?.includes(kind))
    .map((member) => ({
      code: 'not-of-this-event',
      message: `${member} is nothing of a ${kind}`,
      path: `body/${member}`,
    }));
  const at = effectiveAt === undefined ? undefined : dateOf(effectiveAt, 'body/effectiveAt');
  if (at && Math.abs(at.getTime() - now.getTime()) > FARTHEST)
    faults.push({ code: 'too-far', message: 'it takes effect within a year', path: 'body/effectiveAt' });
  if (kind === 'name-change' && rest.surname === undefined)
    faults.push({ code: 'name-missing', message: 'say the new surname', path: 'body/surname' });
  const whom = id === undefined ? externalId !== undefined && { externalId } : externalId === undefined && { id };
  if (!whom)
    faults.push({ code: 'person-missing', message: 'name the person by id or by externalId', path: 'body/person' });
  if (!whom || faults.length > 0) throw refusedFor('invalid-request', faults);
  return { person: whom, kind, ...(at ? { effectiveAt: at } : {}), detail: rest };
}
