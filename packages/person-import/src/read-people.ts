import { defaultDisplayName } from '@see/policy';
import { type ColumnMapping, type Columns, findColumns, type PersonField } from './columns.ts';
import type { ImportProblem } from './import-problem.ts';
import { type CsvDelimiter, type CsvRow, readCsv } from './read-csv.ts';

/** A row of the file as a person; nothing is checked yet but the form. */
export interface PersonRow {
  readonly row: number;
  readonly givenName: string | null;
  readonly surname: string;
  readonly displayName: string;
  readonly email: string;
  readonly externalId: string | null;
}

export interface PeopleFile {
  readonly delimiter: CsvDelimiter;
  readonly header: readonly string[];
  readonly columns: Columns;
  readonly people: readonly PersonRow[];
  /** Cells in which blanks at the ends were left out or characters composed (NFC). */
  readonly tidied: number;
  /** What is wrong with the form of the file, its rows and its cells. */
  readonly problems: readonly ImportProblem[];
}

/**
 * Reads a file of people: `readCsv`, then `findColumns`. Blanks at the ends of cells are left out and characters composed
 * (NFC), which is counted; nothing else is changed. What has no column is empty. A display name that is not given is
 * given name and surname.
 */
export function readPeople(octets: Uint8Array, mapping: ColumnMapping): PeopleFile {
  const { delimiter, header, rows, problems } = readCsv(octets);
  if (header.length === 0) {
    return { delimiter, header, columns: { places: {}, ignored: [], problems: [] }, people: [], tidied: 0, problems };
  }
  const columns = findColumns(header, mapping);
  const all = [...problems, ...columns.problems];
  const counter = { tidied: 0 };
  const people = rows.map((row) => personOf(row, columns, counter));
  return { delimiter, header, columns, people, tidied: counter.tidied, problems: all };
}

function personOf({ row, cells }: CsvRow, { places }: Columns, counter: { tidied: number }): PersonRow {
  const cell = (field: PersonField): string => {
    const place = places[field];
    const text = place === undefined ? '' : (cells[place] ?? '');
    const tidy = text.normalize('NFC').replaceAll(/^[ \u00a0]+|[ \u00a0]+$/g, '');
    if (tidy !== text) counter.tidied += 1;
    return tidy;
  };
  const givenName = cell('givenName');
  const surname = cell('surname');
  const displayName = cell('displayName') || defaultDisplayName(givenName, surname);
  return {
    row,
    givenName: givenName || null,
    surname,
    displayName,
    email: cell('email'),
    externalId: cell('externalId') || null,
  };
}
