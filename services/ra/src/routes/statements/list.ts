import { listProposals } from '@see/db/ra';
import { type App, Type } from '@see/http';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { StatementSchema, statementView } from '../../schemas/statement.ts';

export function listStatements(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/statements',
    {
      config: access('statement.list'),
      schema: {
        summary: 'Statements that wait for signatures or for the signer',
        tags: ['statements'],
        response: {
          200: Type.Object({
            head: Type.Object({ seq: Type.Integer(), digest: Type.String() }, { description: 'The last accepted one' }),
            items: Type.Array(StatementSchema),
          }),
        },
      },
    },
    async () => {
      const { headSeq, headDigest } = ra.authority.current;
      const rows = await listProposals(ra.db, headSeq, 100);
      return { head: { seq: headSeq, digest: headDigest }, items: rows.map(statementView) };
    },
  );
}
