import { equalBytes } from '@see/asn1';
import type { CrlRule } from '../rule.ts';

/** issuer is octet for octet the subject of the CA. */
export const issuerBytes: CrlRule = {
  id: 'e_rev1_issuer_bytes',
  severity: 'error',
  source: 'REV-1',
  check({ crl, issuer }) {
    if (issuer === undefined) return undefined;
    return equalBytes(crl.issuerDer, issuer.certificate.subjectDer)
      ? undefined
      : 'issuer differs from the subject of the CA';
  },
};
