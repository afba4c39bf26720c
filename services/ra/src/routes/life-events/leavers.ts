import { REVOCATION_REASONS, type RevocationReason } from '@see/domain';
import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { declareLeavers, type LeaversWish, previewLeavers } from '../../operations/life-event/declare-leavers.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { dateOf, Hex48, PersonId, Time } from '../../schemas/fields.ts';
import { PlannedActionSchema } from '../../schemas/life-event.ts';

const Body = Type.Object(
  {
    people: Type.Array(Type.String({ minLength: 3, maxLength: 254 }), {
      minItems: 1,
      maxItems: 200,
      description: 'Person ids or mail addresses',
    }),
    effectiveAt: Type.Optional(Time),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    statements: Type.Optional(
      Type.Array(Hex48, {
        maxItems: 10,
        description:
          'Digests of certificate-revoke statements of two operators: what they name is revoked beyond the hourly cap',
      }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say what it would do' })),
  },
  { additionalProperties: false, title: 'LeaversWish' },
);

const Preview = Type.Object({
  people: Type.Array(
    Type.Object({ personId: PersonId, displayName: Type.String(), actions: Type.Array(PlannedActionSchema) }),
  ),
  revoked: Type.Array(
    Type.Object({
      ca: Type.String(),
      serial: Type.String(),
      reason: Type.Enum(Object.keys(REVOCATION_REASONS) as RevocationReason[]),
    }),
    { description: 'Certificates that would be revoked, as a certificate-revoke statement names them' },
  ),
  needsStatement: Type.Boolean({ description: 'Whether more would be revoked now than one hour allows' }),
});

export function declareLeaversRoute(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/leavers',
    {
      config: access('person.leavers'),
      bodyLimit: 100_000,
      schema: {
        summary: 'Declare that people leave: all of a list, or nobody and the reasons why',
        description: 'The same as a life event `leaver` of each, in one transaction; later if it takes effect later.',
        tags: ['people'],
        body: Body,
        response: {
          200: Preview,
          201: Type.Object({ declared: Type.Array(Type.Object({ personId: PersonId, eventId: Type.Integer() })) }),
        },
      },
    },
    async (request, reply) => {
      const { dryRun, effectiveAt, ...rest } = request.body;
      const wish = {
        ...rest,
        ...(effectiveAt === undefined ? {} : { effectiveAt: dateOf(effectiveAt, 'body/effectiveAt') }),
      } as LeaversWish;
      if (dryRun) return reply.send(await previewLeavers(ra, actorOf(request), wish));
      const declared = await declareLeavers(ra, actorOf(request), auditActor(request), wish);
      return reply.code(201).send({ declared: [...declared] });
    },
  );
}
