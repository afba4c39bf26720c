import { equalBytes } from '@see/asn1';
import type { CertificateRule } from '../rule.ts';

/** issuer is octet for octet the subject of the issuer. */
export const issuerBytes: CertificateRule = {
  id: 'e_prf0_issuer_bytes',
  severity: 'error',
  source: 'PRF-0.4; RFC 5280 4.1.2.4',
  check({ tbs, issuer }) {
    if (issuer === undefined) return undefined;
    return equalBytes(tbs.issuerDer, issuer.certificate.subjectDer)
      ? undefined
      : "issuer differs from the issuer's subject";
  },
};
