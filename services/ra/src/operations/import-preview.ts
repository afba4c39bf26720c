import { PERSON_FIELDS, type PersonField, type PlannedRow } from '@see/person-import';
import { MOST_LISTED } from '../schemas/import.ts';
import type { PreparedImport } from './prepare-import.ts';

/** People shown to see whether the columns are right. */
const FIRST = 10;

/** A prepared import as the API shows it. Text of the file is shown well-formed, as JSON has to be. */
export function importPreview(agencyId: string, { file, plan, risks, open }: PreparedImport) {
  const rows = { create: 0, skip: 0, refuse: 0 };
  for (const { outcome } of plan.rows) rows[outcome] += 1;
  const raised = plan.rows.flatMap(({ row, outcome, displayName }) => {
    const risk = outcome === 'create' ? risks.get(row) : undefined;
    return risk ? [{ row, displayName, risks: [...risk.reasons] }] : [];
  });
  return {
    agencyId,
    digest: plan.digest,
    confirmable: plan.confirmable && open === null,
    openImport: open,
    delimiter: file.delimiter,
    columns: file.header.map((header, index) => ({
      column: index + 1,
      header: header.toWellFormed(),
      field: fieldAt(file.columns.places, index),
    })),
    tidied: file.tidied,
    counts: { rows: plan.rows.length, ...rows, problems: plan.problems.length, raised: raised.length },
    raised: raised.slice(0, MOST_LISTED),
    problems: plan.problems.slice(0, MOST_LISTED),
    conflicts: plan.rows.flatMap(conflictOf).slice(0, MOST_LISTED),
    first: plan.rows
      .filter(({ outcome }) => outcome === 'create')
      .slice(0, FIRST)
      .map(({ row, externalId, ...person }) => ({ row, ...namesOf(person), externalId })),
  };
}

function fieldAt(places: Readonly<Partial<Record<PersonField, number>>>, index: number): PersonField | null {
  return PERSON_FIELDS.find((field) => places[field] === index) ?? null;
}

function conflictOf({ row, conflict, outcome, ...wanted }: PlannedRow) {
  if (!conflict || outcome === 'refuse') return [];
  const { code, message, remedy, existing, sameAsRow } = conflict;
  return [
    {
      row,
      code,
      message,
      remedy,
      outcome,
      wanted: namesOf(wanted),
      existing: existing && { id: existing.id, ...namesOf(existing) },
      sameAsRow,
    },
  ];
}

function namesOf<Mail extends string | null>(person: {
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: Mail;
}) {
  const { givenName, surname, displayName, email } = person;
  return { givenName, surname, displayName, email };
}
