import { createHash, type Hash } from 'node:crypto';
import { agencyViolations } from '@see/policy';
import { canonicalBytes } from '@see/statement';
import { rowProblems } from './check-row.ts';
import type { ImportContext } from './import-context.ts';
import { type ImportProblem, problemAt } from './import-problem.ts';
import type { PeopleFile, PersonRow } from './read-people.ts';
import { type Conflict, findConflict, indexRegistry, type RegistryIndex } from './registry-conflict.ts';
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
  /** SHA-256, hex, over everything that would be done; see `startDigest`. */
  readonly digest: string;
}

/** Rows after which others get a turn. */
const TURN = 250;

/**
 * Says what an import would do, row by row, by the rules of entering one person; every problem of every row is found.
 * Nothing is looked up and nothing changed: the plan is right as long as the context is. 20,000 rows take a second, so
 * `pause` is awaited now and then for others to get a turn.
 */
export async function planImport(
  file: PeopleFile,
  context: ImportContext,
  pause: () => Promise<void>,
): Promise<ImportPlan> {
  const planner = new RowPlanner(file, context);
  const rows: PlannedRow[] = [];
  const hash = startDigest(context);
  for (const [index, person] of file.people.entries()) {
    if (index % TURN === TURN - 1) await pause();
    const row = planner.plan(person);
    hash.update('\n').update(rowDigested(row));
    rows.push(row);
  }
  const problems = [...generalProblems(file, context), ...file.problems, ...planner.problems];
  problems.sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  const refused = new Set(rows.filter(({ outcome }) => outcome === 'refuse').map(({ row }) => row));
  const blocking = problems.some(({ row }) => !context.options.leaveOut || row === null || !refused.has(row));
  const confirmable = !blocking && rows.some(({ outcome }) => outcome === 'create');
  return { rows, problems, confirmable, digest: hash.digest('hex') };
}

/** Plans rows in their order, each against the registry and the rows before it. */
class RowPlanner {
  /** What was found wrong with rows whose form is right. */
  readonly problems: ImportProblem[] = [];
  readonly #file: PeopleFile;
  readonly #context: ImportContext;
  readonly #registry: RegistryIndex;
  readonly #ofForm: ReadonlyMap<number, readonly ImportProblem[]>;
  readonly #seen = new SeenRows();

  constructor(file: PeopleFile, context: ImportContext) {
    this.#file = file;
    this.#context = context;
    this.#registry = indexRegistry(context.registry, context.agencyId);
    this.#ofForm = problemsByRow(file.problems);
  }

  plan(person: PersonRow): PlannedRow {
    const [first] = this.#ofForm.get(person.row) ?? this.#check(person);
    const { sameName } = this.#context.options;
    const conflict = first ? null : findConflict(person, this.#registry, this.#seen, sameName);
    this.#seen.add(person);
    const outcome = first ? 'refuse' : conflict && !conflict.tolerated ? 'skip' : 'create';
    const why = first ?? (outcome === 'skip' ? conflict : null);
    return { ...person, outcome, conflict, reason: why ? { code: why.code, message: why.message } : null };
  }

  #check(person: PersonRow): readonly ImportProblem[] {
    const found = rowProblems(person, this.#file.columns.places, this.#context, this.#registry, this.#seen);
    this.problems.push(...found);
    return found;
  }
}

/** What is wrong with the import as a whole. */
function generalProblems(file: PeopleFile, { authority, agencyId }: ImportContext): ImportProblem[] {
  const general = agencyViolations(authority, agencyId).map(({ code, message, source }) =>
    problemAt(null, null, code, message, source === undefined ? {} : { source }),
  );
  if (file.people.length === 0 && file.problems.length === 0)
    general.push(problemAt(null, null, 'empty-file', 'no row below the header names a person'));
  return general;
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
 * The digest of a plan: SHA-256 over the canonical form (RFC 8785) of the agency, its latest import, the options, and each
 * row with its outcome, its reason and the person it conflicts with. Two plans have the same when they would do the same.
 */
function startDigest({ agencyId, after, options }: ImportContext): Hash {
  const { sameName, leaveOut } = options;
  return createHash('sha256')
    .update('see-pki/person-import/v1\0')
    .update(canonicalBytes({ agencyId, after, sameName, leaveOut }));
}

function rowDigested(row: PlannedRow): Uint8Array {
  return canonicalBytes([
    row.row,
    row.outcome,
    row.reason?.code ?? null,
    row.conflict?.existing?.id ?? null,
    row.givenName?.toWellFormed() ?? null,
    row.surname.toWellFormed(),
    row.displayName.toWellFormed(),
    row.email.toWellFormed(),
    row.externalId?.toWellFormed() ?? null,
  ]);
}
