import { createHash, type Hash } from 'node:crypto';
import type { Refusal } from '@see/domain';
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
    const row = await planner.plan(person);
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

  async plan(person: PersonRow): Promise<PlannedRow> {
    const [first] = this.#ofForm.get(person.row) ?? (await this.#check(person));
    const { sameName } = this.#context.options;
    const conflict = first ? null : findConflict(person, this.#registry, this.#seen, sameName);
    this.#seen.add(person);
    const outcome = first ? 'refuse' : conflict && !conflict.tolerated ? 'skip' : 'create';
    const why = first ?? (outcome === 'skip' ? conflict : null);
    return { ...person, outcome, conflict, reason: why ? { code: why.code, message: why.message } : null };
  }

  async #check(person: PersonRow): Promise<readonly ImportProblem[]> {
    const found = rowProblems(person, this.#file.columns.places, this.#context, this.#registry, this.#seen);
    // An order for somebody who can not be entered would only repeat what is wrong.
    if (found.length === 0) found.push(...(await orderProblems(person, this.#context.order)));
    this.problems.push(...found);
    return found;
  }
}

async function orderProblems(person: PersonRow, order: ImportContext['order']): Promise<ImportProblem[]> {
  const violations = (await order?.of(person)) ?? [];
  return violations.map((one) => problemAt(person.row, null, one.code, one.message, moreOf(one)));
}

function moreOf({ remedy, source }: Refusal): { remedy?: string; source?: string } {
  return { ...(remedy === undefined ? {} : { remedy }), ...(source === undefined ? {} : { source }) };
}

/** What is wrong with the import as a whole. */
function generalProblems(file: PeopleFile, { authority, agencyId, order }: ImportContext): ImportProblem[] {
  const ofAgency = agencyViolations(authority, agencyId);
  const said = new Set(ofAgency.map(({ code }) => code));
  const ofOrder = (order?.general ?? []).filter(({ code }) => !said.has(code));
  const general = [...ofAgency, ...ofOrder].map((one) => problemAt(null, null, one.code, one.message, moreOf(one)));
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
 * The digest of a plan: SHA-256 over the canonical form (RFC 8785) of the agency, its latest import, the options, what is ordered, and each
 * row with its outcome, its reason and the person it conflicts with. Two plans have the same when they would do the same.
 */
function startDigest({ agencyId, after, options, order }: ImportContext): Hash {
  const { sameName, leaveOut } = options;
  return createHash('sha256')
    .update('see-pki/person-import/v1\0')
    .update(canonicalBytes({ agencyId, after, sameName, leaveOut, order: order?.wish ?? null }));
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
