export type Severity = 'error' | 'warning' | 'notice';

/** What a rule has found. `id` is stable; its first letter is that of the severity. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  /** The clause that the rule comes from. */
  readonly source: string;
}
