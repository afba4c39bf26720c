import { crlRules } from './crl/index.ts';
import { CrlUnderLint } from './crl-under-lint.ts';
import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import { applyRules, unreadable } from './rule.ts';

/**
 * All findings on a tbsCertList; `context.purpose` is `root` for the CRL of certificates of CAs, `issuing-ca` otherwise.
 * One pass over the entries. Never throws; octets that cannot be read give `e_crl_unreadable`. NOT checked: the
 * signature, and anything that needs the CRL before this one (numbers that rise, entries that were lost).
 */
export function lintCrl(tbs: Uint8Array, context: LintContext): Finding[] {
  let subject: CrlUnderLint;
  try {
    subject = CrlUnderLint.of(tbs, context);
  } catch (error) {
    return [unreadable('e_crl_unreadable', error)];
  }
  return findingsOf(subject);
}

/** What the rules say of a CRL that was read. */
export function findingsOf(subject: CrlUnderLint): Finding[] {
  const { purpose } = subject.context;
  return applyRules(
    crlRules.filter((rule) => rule.purposes === undefined || rule.purposes.includes(purpose)),
    subject,
  );
}
