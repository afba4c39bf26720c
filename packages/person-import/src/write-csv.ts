/** What makes a spreadsheet run a cell instead of showing it. */
const RUNS = /^[=+\-@\t\r\n＝＋－＠]/;

/** Whether a spreadsheet would take the cell for a formula. */
export function isFormula(cell: string): boolean {
  return RUNS.test(cell);
}

/**
 * Writes CSV (RFC 4180): commas, CRLF, quotes where needed, UTF-8 with a byte order mark so that spreadsheets keep
 * macrons. A cell that a spreadsheet would run gets an apostrophe in front: it then reads back with it. Every other cell
 * reads back as it was.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('')}`;
}

function cellText(cell: string): string {
  const safe = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
