/**
 * Why something was refused. `code` is stable and meant for programs; `message` says what was wrong and where, `remedy`
 * what to do, `source` the rule it comes from (RFC section or rule id), `path` the field.
 */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
  readonly source?: string;
  readonly remedy?: string;
}

/** Thrown where a refusal ends an operation; carries all violations that were found, never only the first. */
export class RefusedError extends Error {
  readonly code: string;
  readonly violations: readonly Refusal[];
  constructor(code: string, violations: readonly Refusal[]) {
    super(violations.map((violation) => `${violation.code}: ${violation.message}`).join('; ') || code);
    this.name = 'RefusedError';
    this.code = code;
    this.violations = violations;
  }
}

/** One refusal as an error. */
export function refused(code: string, message: string, more: Omit<Refusal, 'code' | 'message'> = {}): RefusedError {
  return new RefusedError(code, [{ code, message, ...more }]);
}
