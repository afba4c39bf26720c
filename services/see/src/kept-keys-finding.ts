import type { KeptCopies } from '@see/db';
import type { DoctorFinding } from './doctor.ts';

const CHECK = 'kept keys';

/** Whether there are still agents to open the copies of encryption keys that are kept: two are needed, three are wise. */
export function keptKeysFinding(kept: readonly KeptCopies[]): DoctorFinding {
  const count = (some: readonly KeptCopies[]): number => some.reduce((sum, { copies }) => sum + copies, 0);
  const lost = kept.filter(({ agents }) => agents < 2);
  const thin = kept.filter(({ agents }) => agents === 2);
  const names = (some: readonly KeptCopies[]): string =>
    some.map(({ statement }) => `${statement.slice(0, 16)}…`).join(', ');
  if (lost.length > 0) {
    return {
      check: CHECK,
      verdict: 'wrong',
      detail: `nobody can open ${count(lost)} copies: fewer than two agents of ${names(lost)} have the role`,
      remedy: 'grant ca-operations again to agents who still have their key, or have those holders enrol anew',
    };
  }
  if (thin.length > 0) {
    return {
      check: CHECK,
      verdict: 'warning',
      detail: `two agents are left for ${count(thin)} copies (${names(thin)}): one more lost, and nobody can open them`,
      remedy: 'name three agents or more: see recovery agents; and see that each keeps a copy of their key apart',
    };
  }
  return { check: CHECK, verdict: 'right', detail: kept.length === 0 ? 'none' : `${count(kept)}, with agents enough` };
}
