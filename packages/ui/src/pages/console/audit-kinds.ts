import { type SafeHtml, t } from '@see/language';

/** What events are about, by the start of their kind. */
export const AUDIT_KINDS: readonly (readonly [string, SafeHtml])[] = [
  ['', t`Everything`],
  ['access.', t`Access`],
  ['agency.', t`Agencies`],
  ['audit.', t`Proofs of the log`],
  ['certificate.', t`Certificates`],
  ['code.', t`Codes`],
  ['crl.', t`Revocation lists`],
  ['csr.', t`Requests (CSR)`],
  ['delivery.', t`Deliveries`],
  ['order.', t`Orders`],
  ['person.', t`People`],
  ['record.', t`Records given out`],
  ['redemption.', t`Redemptions`],
  ['revocation.', t`Revocations`],
  ['signing.', t`Signing`],
  ['statement.', t`Statements`],
];
