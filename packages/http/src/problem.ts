import { type ProblemCode, problemCatalogue, problemType } from './problem-catalogue.ts';

/** One rule that was broken: which, where, whose rule it is, and what to do about it. */
export interface Violation {
  readonly code: string;
  /** The place, as a JSON pointer into the body or a path into what was sent (`csr.subjectPublicKeyInfo`). */
  readonly path?: string;
  readonly message: string;
  /** The document and section that the rule comes from. */
  readonly source?: string;
  readonly remedy?: string;
}

/** Problem details (RFC 9457). `instance` is the request id, the one thing to quote when asking for help. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly violations?: readonly Violation[];
  readonly [extension: string]: unknown;
}

export interface RefusalOptions {
  readonly violations?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the problem. Never a secret: they are sent to the client and logged. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An expected refusal on its way to the client. Everything in it may be shown; `cause` is for the log alone. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly violations: readonly Violation[];
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, options: RefusalOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.status = problemCatalogue[code].status;
    this.detail = detail;
    this.violations = options.violations ?? [];
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }
}

/** The most violations that one answer lists; the detail says when there were more. */
export const MAX_VIOLATIONS = 50;

/** Writes a refusal as problem details. The members of RFC 9457 win over extensions of the same name. */
export function problemOf(refusal: Refusal, requestId: string): Problem {
  const { status, title } = problemCatalogue[refusal.code];
  const shown = refusal.violations.slice(0, MAX_VIOLATIONS);
  const more = refusal.violations.length - shown.length;
  return {
    ...refusal.extensions,
    type: problemType(refusal.code),
    title,
    status,
    detail: more > 0 ? `${refusal.detail} (${more} further violations are not listed)` : refusal.detail,
    instance: `urn:see-pki:request:${requestId}`,
    code: refusal.code,
    ...(shown.length > 0 ? { violations: shown } : {}),
  };
}
