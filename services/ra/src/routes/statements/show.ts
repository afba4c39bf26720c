import { type App, Type } from '@see/http';
import { statementOf } from '../../operations/propose-statement.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex48 } from '../../schemas/fields.ts';
import { StatementSchema, statementView } from '../../schemas/statement.ts';

export function showStatement(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/statements/:id',
    {
      config: access('statement.show'),
      schema: {
        summary: 'One statement with its bytes',
        tags: ['statements'],
        params: Type.Object({ id: Hex48 }),
        response: { 200: StatementSchema },
      },
    },
    async (request) => {
      const found = await statementOf(ra, Uint8Array.fromHex(request.params.id));
      // Who hears that it is accepted asks next for what it permits: by then it is known here too.
      if (found.state === 'accepted' && (found.seq ?? 0) > ra.authority.current.headSeq) await ra.authority.refresh();
      return statementView(found);
    },
  );
}
