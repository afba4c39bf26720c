import { hasForbiddenCharacter, printable } from '@see/x509';
import { table } from '../table.ts';

interface Names {
  readonly displayName: string;
  readonly email: string | null;
}

/** What the API says that an import would do. */
export interface ImportPreview {
  readonly digest: string;
  readonly confirmable: boolean;
  readonly openImport: string | null;
  readonly tidied: number;
  readonly counts: Readonly<Record<'rows' | 'create' | 'skip' | 'refuse' | 'problems' | 'raised', number>>;
  readonly raised: readonly {
    readonly row: number;
    readonly displayName: string;
    readonly risks: readonly { readonly code: string; readonly reason: string }[];
  }[];
  readonly columns: readonly { readonly column: number; readonly header: string; readonly field: string | null }[];
  readonly problems: readonly {
    readonly row: number | null;
    readonly column: number | null;
    readonly code: string;
    readonly message: string;
    readonly remedy?: string;
  }[];
  readonly conflicts: readonly {
    readonly row: number;
    readonly code: string;
    readonly outcome: string;
    readonly wanted: Names;
    readonly existing: (Names & { readonly id: string }) | null;
    readonly sameAsRow: number | null;
  }[];
  readonly first: readonly (Names & { readonly row: number; readonly externalId: string | null })[];
}

/** Lines of one table; what is beyond is counted, and in full with `--json`. */
const MOST = 50;

/** A preview as text for a terminal; nothing of the file reaches it that could steer one. */
export function renderPreview(preview: ImportPreview): string {
  const { counts } = preview;
  const columns = preview.columns.map(({ column, header, field }) => [
    String(column),
    plain(header),
    field ?? 'ignored',
  ]);
  const parts = [table(['COLUMN', 'HEADER', 'TAKEN AS'], columns, 'No columns')];
  const problems = preview.problems.map(({ row, column, code, message, remedy }) => [
    String(row ?? '-'),
    String(column ?? '-'),
    code,
    plain(remedy === undefined ? message : `${message}: ${remedy}`),
  ]);
  if (problems.length > 0) parts.push(shortened(['ROW', 'COLUMN', 'PROBLEM', 'WHAT TO DO'], problems, counts.problems));
  const conflicts = preview.conflicts.map(({ row, code, outcome, wanted, existing, sameAsRow }) => [
    String(row),
    code,
    person(wanted),
    existing ? `${person(existing)} ${existing.id}` : `row ${sameAsRow ?? '-'}`,
    outcome,
  ]);
  if (conflicts.length > 0)
    parts.push(shortened(['ROW', 'CONFLICT', 'IN THE FILE', 'THERE ALREADY', 'DONE'], conflicts, conflicts.length));
  const raised = preview.raised.map(({ row, displayName, risks }) => [
    String(row),
    plain(displayName),
    plain(risks.map(({ reason }) => reason).join('; ')),
  ]);
  if (raised.length > 0) parts.push(shortened(['ROW', 'NAME', 'NEEDS A SECOND APPROVAL'], raised, counts.raised));
  const first = preview.first.map((one) => [String(one.row), plain(one.displayName), plain(one.email ?? '-')]);
  if (first.length > 0) parts.push(table(['ROW', 'NAME', 'MAIL'], first, ''));
  const second = counts.raised > 0 ? ` ${counts.raised} orders would need a second approval.` : '';
  const tidied = preview.tidied > 0 ? ` Blanks or letter forms were tidied in ${preview.tidied} cells.` : '';
  parts.push(
    `${counts.rows} rows: ${counts.create} to enter, ${counts.skip} to skip, ${counts.refuse} with problems.${second}${tidied}\nDigest ${preview.digest}`,
  );
  return parts.join('\n\n');
}

function shortened(heading: readonly string[], rows: readonly (readonly string[])[], all: number): string {
  const shown = table(heading, rows.slice(0, MOST), '');
  return all > MOST ? `${shown}\n… and ${all - Math.min(MOST, rows.length)} more: see them all with --json` : shown;
}

function person({ displayName, email }: Names): string {
  return `${plain(displayName)} <${plain(email ?? '-')}>`;
}

function plain(text: string): string {
  return hasForbiddenCharacter(text) ? printable(text) : text;
}
