import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import { ocspRules } from './ocsp/index.ts';
import { type OcspResponseUnderLint, readOcspResponse } from './ocsp-response-under-lint.ts';
import { applyRules, unreadable } from './rule.ts';

/**
 * All findings on a whole OCSPResponse; `context.issuer` is the CA that the answers are about. Never throws; octets that
 * cannot be read give `e_ocsp_unreadable`, and the five-octet error answers give nothing. NOT checked: the signature.
 */
export function lintOcspResponse(der: Uint8Array, context: LintContext): Finding[] {
  let subject: OcspResponseUnderLint | undefined;
  try {
    subject = readOcspResponse(der, context);
  } catch (error) {
    return [unreadable('e_ocsp_unreadable', error)];
  }
  return subject === undefined ? [] : applyRules(ocspRules, subject);
}
