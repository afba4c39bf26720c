import type { CertificateRule } from '../rule.ts';

/** What the root issued has a CRL and no OCSP pointer: the root is not online. */
export const issuingCaOcspPointer: CertificateRule = {
  id: 'e_design_issuing_ca_ocsp_pointer',
  severity: 'error',
  source: 'design section 6',
  purposes: ['issuing-ca'],
  check({ infoAccess }) {
    return infoAccess !== undefined && infoAccess.ocsp.length > 0
      ? 'a certificate of the root points to a responder'
      : undefined;
  },
};
