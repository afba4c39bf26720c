/** One page of a list that is read by key: the rows, and where the next page starts when there is one. */
export interface Page<Row, Key> {
  readonly rows: readonly Row[];
  readonly next: Key | undefined;
}

/** Cuts a page off rows that were read with a limit of one more than the page holds. */
export function cutPage<Row, Key>(rows: readonly Row[], size: number, keyOf: (row: Row) => Key): Page<Row, Key> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > size && last ? keyOf(last) : undefined };
}

/** Escapes what LIKE would take for a pattern. */
export function likePrefix(text: string): string {
  return `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
