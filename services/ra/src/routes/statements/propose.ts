import { type App, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { readProposal, statementOf, proposeStatement as store } from '../../operations/propose-statement.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Base64 } from '../../schemas/fields.ts';
import { StatementSchema, statementView } from '../../schemas/statement.ts';

export function proposeStatement(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/statements',
    {
      config: access('statement.propose'),
      schema: {
        summary: 'Propose a statement that a client made on the present head',
        tags: ['statements'],
        body: Type.Object({ bytes: Base64 }, { additionalProperties: false }),
        response: { 201: StatementSchema },
      },
    },
    async (request, reply) => {
      const read = readProposal(new Uint8Array(Buffer.from(request.body.bytes, 'base64')));
      await store(ra, auditActor(request), read);
      return reply.code(201).send(statementView(await statementOf(ra, read.digest)));
    },
  );
}
