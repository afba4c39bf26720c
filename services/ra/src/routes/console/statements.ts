import { listProposals, readPersonNames, type StatementRow } from '@see/db/ra';
import { activeProfile, CHAIN_KINDS } from '@see/domain';
import { type App, Type } from '@see/http';
import { profileOf } from '@see/policy';
import { readStatement, type Statement } from '@see/statement';
import { type StatementFacts, statementPage, statementsPage, viewOf } from '@see/ui';
import { statementOf } from '../../operations/propose-statement.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex48 } from '../../schemas/fields.ts';
import { readerOf } from './session.ts';

/** Statements that wait for signatures, and each of them in words. Signing is done where the keys are. */
export function statementRoutes(scope: App, ra: Ra): void {
  scope.get('/console/statements', { config: access('statement.list') }, async (request) => {
    const rows = await listProposals(ra.db, ra.authority.current.headSeq, 100);
    const lines = await Promise.all(rows.map((row) => lineOf(ra, row)));
    return statementsPage(viewOf(ra.site, request), readerOf(ra, request), lines, ra.now());
  });
  scope.get(
    '/console/statements/:id',
    { config: access('statement.show'), schema: { params: Type.Object({ id: Hex48 }) } },
    async (request) => {
      const row = await statementOf(ra, Uint8Array.fromHex(request.params.id));
      const { statement } = readStatement(row.bytes);
      return statementPage(viewOf(ra.site, request), readerOf(ra, request), {
        ...(await lineOf(ra, row)),
        now: ra.now(),
        state: row.state,
        refusal: row.refusal && `${row.refusal.detail} (${row.refusal.code})`,
        needs: neededFor(statement.kind),
        validFrom: new Date(statement.notBefore * 1000),
        validUntil: new Date(statement.notAfter * 1000),
        subject: Object.entries(statement.subject).map(([name, value]) => [name, JSON.stringify(value, null, 1)]),
        profile: profileOfStatement(ra, statement),
      });
    },
  );
}

/** A statement with the names of those who signed it; a key without a person is that of the recovery quorum. */
async function lineOf(ra: Ra, row: StatementRow) {
  const { credentials } = ra.authority.current;
  const people = row.signedBy.map((id) => credentials.get(id)?.personId);
  const names = await readPersonNames(
    ra.db,
    people.filter((id) => id !== undefined),
  );
  return {
    digest: row.digest.toHex(),
    kind: row.kind,
    createdAt: row.createdAt,
    signedBy: people.map((id, index) => (id && names.get(id)) ?? id ?? row.signedBy[index] ?? ''),
  };
}

function neededFor(kind: string): StatementFacts['needs'] {
  const chain = CHAIN_KINDS.get(kind);
  return { count: 2, role: chain?.signers ?? 'operator' };
}

/** The profile that a statement activates, beside the version in force; undefined for other statements. */
function profileOfStatement(ra: Ra, { kind, subject }: Statement): StatementFacts['profile'] {
  if (kind !== 'profile-activate') return undefined;
  const after = profileOf(subject['content']);
  const before = activeProfile(ra.authority.current, after.id);
  return { before: before && profileOf(before.content), after };
}
