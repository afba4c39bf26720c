export { organizationIdentifierFault } from './certificate/organization-identifier.ts';
export { CheckedEntries } from './checked-entries.ts';
export { CrlLinter } from './crl-linter.ts';
export type { Finding, Severity } from './finding.ts';
export { lintCertificate } from './lint-certificate.ts';
export type { LintContext, LintProfile, Purpose } from './lint-context.ts';
export { lintCrl } from './lint-crl.ts';
export { lintOcspResponse } from './lint-ocsp-response.ts';
