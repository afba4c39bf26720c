import { type App, actorOf, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { signStatement as storeSignature } from '../../operations/propose-statement.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex48 } from '../../schemas/fields.ts';
import { SignedBySchema } from '../../schemas/signature.ts';
import { StatementSchema, statementView } from '../../schemas/statement.ts';

export function signStatement(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/statements/:id/signatures',
    {
      config: access('statement.sign'),
      schema: {
        summary: 'Add a signature to a statement',
        tags: ['statements'],
        params: Type.Object({ id: Hex48 }),
        body: SignedBySchema,
        response: { 201: StatementSchema },
      },
    },
    async (request, reply) => {
      const digest = Uint8Array.fromHex(request.params.id);
      const row = await storeSignature(ra, actorOf(request), auditActor(request), digest, request.body);
      return reply.code(201).send(statementView(row));
    },
  );
}
