import { certificateRules } from './certificate/index.ts';
import { CertificateUnderLint } from './certificate-under-lint.ts';
import type { Finding } from './finding.ts';
import { type LintContext, type Purpose, purposes } from './lint-context.ts';
import { applyRules, type CertificateRule, unreadable } from './rule.ts';

const rulesByPurpose = new Map<Purpose, readonly CertificateRule[]>(
  purposes.map((purpose) => [
    purpose,
    certificateRules.filter((rule) => rule.purposes === undefined || rule.purposes.includes(purpose)),
  ]),
);

/**
 * All findings on a tbsCertificate for its purpose: RFC 5280, PRF-0 and the profile. The certificate is read once and only
 * the rules of the purpose run. Never throws; octets that cannot be read give `e_certificate_unreadable`. An error-level
 * finding must stop issuance. NOT checked: the signature, revocation, names against the agency's registry.
 */
export function lintCertificate(tbs: Uint8Array, context: LintContext): Finding[] {
  let subject: CertificateUnderLint;
  try {
    subject = new CertificateUnderLint(tbs, context);
  } catch (error) {
    return [unreadable('e_certificate_unreadable', error)];
  }
  return applyRules(rulesByPurpose.get(context.purpose) ?? certificateRules, subject);
}
