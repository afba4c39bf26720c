import { oid } from '@see/x509';
import { subscriberPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Certificates of issuing CAs and subscribers say where the CRL is, unless none will ever exist. */
export const cdpMissing: CertificateRule = {
  id: 'e_prf_cdp_missing',
  severity: 'error',
  source: 'PRF-I; PRF-G; PRF-T',
  purposes: [...subscriberPurposes, 'issuing-ca'],
  check(subject) {
    return subject.has(oid.crlDistributionPoints) || subject.has(oid.noRevAvail)
      ? undefined
      : 'crlDistributionPoints is missing';
  },
};
