import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.ts';
import { type ImportProblem, problemAt } from './import-problem.ts';

/** What a file may have at most: octets, rows below the header, columns, characters in a cell, problems that are listed. */
export interface CsvLimits {
  readonly octets: number;
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
}

export const CSV_LIMITS: CsvLimits = { octets: 4 * 1024 * 1024, rows: 20_000, columns: 64, cell: 1_000 };

export type CsvDelimiter = ',' | ';' | '\t';

export interface CsvRow {
  /** As the spreadsheet counts: the first row below the header is 2. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly delimiter: CsvDelimiter;
  readonly header: readonly string[];
  /** Rows that are not empty, each with as many cells as the header or else among the problems. */
  readonly rows: readonly CsvRow[];
  readonly problems: readonly ImportProblem[];
}

/**
 * Reads CSV (RFC 4180): comma, semicolon or tab, whichever the header has most of; CR, LF or CRLF, also mixed; quoted
 * cells with delimiters, doubled quotes and line breaks. Nothing is trimmed or completed. What breaks the form is a
 * problem with row and column: `bad-encoding`, `empty-file`, `too-many-octets`, `too-many-rows`, `too-many-columns`,
 * `cell-too-long`, `ragged-row`, `bad-quote`, `control-character`, `lost-character`. Quotes that do not close end the
 * reading: then there are no rows. Time and memory grow with the octets, which are bounded first. What cells mean is
 * not looked at.
 */
export function readCsv(octets: Uint8Array, limits: CsvLimits = CSV_LIMITS): CsvTable {
  if (octets.length > limits.octets) {
    const message = `the file has ${octets.length} octets; at most ${limits.octets}`;
    return nothing(problemAt(null, null, 'too-many-octets', message, { remedy: 'split the file' }));
  }
  const text = decodeText(octets);
  if (typeof text !== 'string') return nothing(text);
  const delimiter = delimiterOf(text);
  const { records, problem } = readRecords(text, delimiter, limits);
  if (problem) return nothing(problem, delimiter);
  const [header, ...rest] = records;
  if (!header || isEmpty(header))
    return nothing(problemAt(1, null, 'empty-file', 'the first row names no columns'), delimiter);
  if (header.length > limits.columns) {
    const message = `the header names ${header.length} columns; at most ${limits.columns}`;
    return nothing(problemAt(1, limits.columns + 1, 'too-many-columns', message), delimiter);
  }
  const rows = rest.map((cells, index) => ({ row: index + 2, cells })).filter(({ cells }) => !isEmpty(cells));
  const problems = [{ row: 1, cells: header }, ...rows].flatMap((row) => rowProblems(row, header.length, limits));
  return { delimiter, header, rows, problems };
}

function nothing(problem: ImportProblem, delimiter: CsvDelimiter = ','): CsvTable {
  return { delimiter, header: [], rows: [], problems: [problem] };
}

function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '');
}

/** The delimiter that the header row has most of, outside of quotes; a comma when it has none. */
function delimiterOf(text: string): CsvDelimiter {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n' || character === '\r') break;
    else if (character === ',' || character === ';' || character === '\t') counts[character] += 1;
  }
  if (counts['\t'] > counts[','] && counts['\t'] >= counts[';']) return '\t';
  return counts[';'] > counts[','] ? ';' : ',';
}

/** Ends the reading of a file that has more rows than are taken. */
class TooManyRows extends Error {}

function readRecords(
  text: string,
  delimiter: CsvDelimiter,
  limits: CsvLimits,
): { records: readonly (readonly string[])[]; problem?: ImportProblem } {
  const records: (readonly string[])[] = [];
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
      on_record: (record: readonly string[]) => {
        if (records.length > limits.rows) throw new TooManyRows();
        records.push(record);
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (error instanceof TooManyRows) {
      const message = `the file has more than ${limits.rows} rows below the header`;
      const remedy = 'split the file';
      return { records, problem: problemAt(limits.rows + 2, null, 'too-many-rows', message, { remedy }) };
    }
    if (error instanceof CsvError) return { records, problem: quoteProblem(error, records.length + 1) };
    throw error;
  }
}

const QUOTES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'the quote that starts this cell is never closed',
  INVALID_OPENING_QUOTE: 'a quote stands inside of a cell that does not start with one',
  CSV_INVALID_CLOSING_QUOTE: 'text follows the closing quote of this cell',
};

/** Faults of form that csv-parse names; any other error of it is none of the file's making. */
function quoteProblem(error: CsvError, row: number): ImportProblem {
  const message = QUOTES[error.code];
  if (message === undefined) throw error;
  const column: unknown = error['column'];
  return problemAt(row, typeof column === 'number' ? column + 1 : null, 'bad-quote', message, {
    remedy: 'put quotes around the whole cell and double each quote inside of it',
    source: 'RFC 4180 section 2',
  });
}

// C0 but for tab, line feed and carriage return; DEL; C1.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

function rowProblems({ row, cells }: CsvRow, columns: number, limits: CsvLimits): ImportProblem[] {
  if (cells.length !== columns) {
    const message = `the row has ${cells.length} cells, the header ${columns}`;
    const remedy = 'put quotes around cells that hold the delimiter';
    return [problemAt(row, Math.min(cells.length, columns) + 1, 'ragged-row', message, { remedy })];
  }
  return cells.flatMap((cell, index) => {
    const found = cellProblem(cell, limits);
    return found ? [problemAt(row, index + 1, found.code, found.message)] : [];
  });
}

function cellProblem(cell: string, limits: CsvLimits): { code: string; message: string } | undefined {
  if (cell.length > limits.cell)
    return { code: 'cell-too-long', message: `the cell has ${cell.length} characters; at most ${limits.cell}` };
  const control = CONTROL.exec(cell)?.[0];
  if (control !== undefined) {
    const name = `U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    return { code: 'control-character', message: `the cell holds the control character ${name}` };
  }
  if (cell.includes('\ufffd') || !cell.isWellFormed())
    return {
      code: 'lost-character',
      message: 'the cell holds the sign that stands for a character lost in conversion',
    };
  return undefined;
}
