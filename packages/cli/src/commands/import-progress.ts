/** An import as the API shows it. */
export interface ImportProgress {
  readonly id: string;
  readonly agencyId: string;
  readonly state: 'running' | 'paused' | 'done';
  readonly rows: number;
  readonly waiting: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly createdAt: string;
}

/** How far an import is, in one line. */
export function importSummary({ id, state, done, skipped, failed, waiting }: ImportProgress): string {
  const rest = waiting > 0 ? `, ${waiting} waiting` : '';
  return `Import ${id} is ${state}: ${done} entered, ${skipped} left out, ${failed} failed${rest}`;
}
