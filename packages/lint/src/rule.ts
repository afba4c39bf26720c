import type { CertificateUnderLint } from './certificate-under-lint.ts';
import type { CrlUnderLint } from './crl-under-lint.ts';
import type { Finding, Severity } from './finding.ts';
import type { Purpose } from './lint-context.ts';
import type { OcspResponseUnderLint } from './ocsp-response-under-lint.ts';

/** One rule: what it says of a subject that breaks it, or undefined. A rule never throws. */
export interface Rule<Subject> {
  readonly id: string;
  readonly severity: Severity;
  readonly source: string;
  /** The purposes that it applies to; all where absent. */
  readonly purposes?: readonly Purpose[];
  check(subject: Subject): string | undefined;
}

export type CertificateRule = Rule<CertificateUnderLint>;
export type CrlRule = Rule<CrlUnderLint>;
export type OcspRule = Rule<OcspResponseUnderLint>;

/** Runs rules one after another. */
export function applyRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const message = rule.check(subject);
    if (message !== undefined) findings.push({ id: rule.id, severity: rule.severity, message, source: rule.source });
  }
  return findings;
}

/** The finding for octets that cannot be read at all. */
export function unreadable(id: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  return { id, severity: 'error', message, source: 'X.690; RFC 5280' };
}
