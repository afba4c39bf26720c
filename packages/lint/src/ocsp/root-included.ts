import { equalBytes } from '@see/asn1';
import type { OcspRule } from '../rule.ts';

/** No root comes along. */
export const rootIncluded: OcspRule = {
  id: 'e_rev23_root_included',
  severity: 'error',
  source: 'REV-23',
  check({ certificates }) {
    return certificates.some(({ certificate }) => equalBytes(certificate.issuerDer, certificate.subjectDer))
      ? 'a self-issued certificate comes along'
      : undefined;
  },
};
