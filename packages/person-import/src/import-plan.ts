import { createHash } from 'node:crypto';
import { agencyViolations } from '@see/policy';
import { canonicalBytes } from '@see/statement';
import { rowProblems } from './check-row.ts';
import type { ImportContext } from './import-context.ts';
import { type ImportProblem, problemAt } from './import-problem.ts';
import type { PeopleFile, PersonRow } from './read-people.ts';
import { type Conflict, findConflict, indexRegistry } from './registry-conflict.ts';
import { SeenRows } from './seen-rows.ts';

/** One row and what would become of it: a new person, nothing because of a conflict, or nothing because of problems. */
export interface PlannedRow extends PersonRow {
  readonly outcome: 'create' | 'skip' | 'refuse';
  readonly conflict: Conflict | null;
  /** Code and message of the conflict or of the row's first problem. */
  readonly reason: { readonly code: string; readonly message: string } | null;
}

export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  readonly problems: readonly ImportProblem[];
  /** Whether it may be confirmed: at least one person is to be created, and every problem is one of a row that is left out. */
  readonly confirmable: boolean;
  /** SHA-256, hex, over everything that would be done; see `importDigest`. */
  readonly digest: string;
}

/**
 * Says what an import would do, row by row, by the rules of entering one person; every problem of every row is found.
 * Nothing is looked up and nothing changed: the plan is right as long as the context is.
 */
export function planImport(file: PeopleFile, context: ImportContext): ImportPlan {
  const byRow = problemsByRow(file.problems);
  const registry = indexRegistry(context.registry, context.agencyId);
  const seen = new SeenRows();
  const general = agencyViolations(context.authority, context.agencyId).map(({ code, message, source }) =>
    problemAt(null, null, code, message, source === undefined ? {} : { source }),
  );
  if (file.people.length === 0 && file.problems.length === 0)
    general.push(problemAt(null, null, 'empty-file', 'no row below the header names a person'));
  const found: ImportProblem[] = [];
  const rows = file.people.map((person): PlannedRow => {
    const ofForm = byRow.get(person.row) ?? [];
    const problems = ofForm.length > 0 ? ofForm : rowProblems(person, file.columns.places, context, registry, seen);
    if (ofForm.length === 0) found.push(...problems);
    const [first] = problems;
    const conflict = first ? null : findConflict(person, registry, seen, context.options.sameName);
    seen.add(person);
    const outcome = first ? 'refuse' : conflict && !conflict.tolerated ? 'skip' : 'create';
    const why = first ?? (outcome === 'skip' ? conflict : null);
    return { ...person, outcome, conflict, reason: why ? { code: why.code, message: why.message } : null };
  });
  const problems = [...general, ...file.problems, ...found].sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  const refused = new Set(rows.filter(({ outcome }) => outcome === 'refuse').map(({ row }) => row));
  const blocking = problems.some(({ row }) => !context.options.leaveOut || row === null || !refused.has(row));
  const confirmable = !blocking && rows.some(({ outcome }) => outcome === 'create');
  return { rows, problems, confirmable, digest: importDigest(rows, context) };
}

function problemsByRow(problems: readonly ImportProblem[]): ReadonlyMap<number, readonly ImportProblem[]> {
  const grouped = new Map<number, ImportProblem[]>();
  for (const problem of problems) {
    if (problem.row === null) continue;
    const list = grouped.get(problem.row);
    if (list) list.push(problem);
    else grouped.set(problem.row, [problem]);
  }
  return grouped;
}

/**
 * SHA-256 over the canonical form (RFC 8785) of the agency, its latest import, the options, and each row with its
 * outcome, its reason and the person it conflicts with. Two plans have the same digest when they would do the same.
 */
function importDigest(rows: readonly PlannedRow[], context: ImportContext): string {
  const hash = createHash('sha256').update('see-pki/person-import/v1\0');
  const { agencyId, after, options } = context;
  hash.update(canonicalBytes({ agencyId, after, sameName: options.sameName, leaveOut: options.leaveOut }));
  for (const row of rows) {
    hash
      .update('\n')
      .update(
        canonicalBytes([
          row.row,
          row.outcome,
          row.reason?.code ?? null,
          row.conflict?.existing?.id ?? null,
          row.givenName?.toWellFormed() ?? null,
          row.surname.toWellFormed(),
          row.displayName.toWellFormed(),
          row.email.toWellFormed(),
          row.externalId?.toWellFormed() ?? null,
        ]),
      );
  }
  return hash.digest('hex');
}
