import { type Refusal as Fault, RefusedError } from '@see/domain';
import { type ProblemCode, Refusal, type RefusalOptions, type Violation } from '@see/http';

/** What the domain and policy say was wrong, as the API shows it. */
export function violationOf(fault: Fault): Violation {
  return {
    code: fault.code,
    message: fault.message,
    ...(fault.path === undefined ? {} : { path: fault.path }),
    ...(fault.source === undefined ? {} : { source: fault.source }),
    ...(fault.remedy === undefined ? {} : { remedy: fault.remedy }),
  };
}

/** A refusal that lists everything that the domain or policy found. */
export function refusedFor(code: ProblemCode, faults: readonly Fault[], options: RefusalOptions = {}): Refusal {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return new Refusal(code, `${sentence(first?.message ?? 'It breaks a rule')}${more}`, {
    ...options,
    violations: faults.map(violationOf),
  });
}

/** Runs domain code and says its refusals under a code of the catalogue. */
export function asRefusal<T>(code: ProblemCode, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RefusedError) throw refusedFor(code, error.violations);
    if (error instanceof TypeError || (error instanceof Error && error.name === 'CanonicalError')) {
      throw new Refusal(code, sentence(error.message), { cause: error });
    }
    throw error;
  }
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?)]$/.test(start) ? start : `${start}.`;
}
