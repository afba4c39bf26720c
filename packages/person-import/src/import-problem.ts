/**
 * Something that is wrong at a place of the file. Rows and columns count from 1 as a spreadsheet counts them: the header
 * is row 1, and a cell with line breaks is still one cell. Null where the problem is the file's, or a whole row's.
 */
export interface ImportProblem {
  readonly row: number | null;
  readonly column: number | null;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  /** The document and section that the rule comes from. */
  readonly source?: string;
}

/** A problem of one cell, or of a row or file where that is null. */
export function problemAt(
  row: number | null,
  column: number | null,
  code: string,
  message: string,
  more: { readonly remedy?: string; readonly source?: string } = {},
): ImportProblem {
  return { row, column, code, message, ...more };
}
