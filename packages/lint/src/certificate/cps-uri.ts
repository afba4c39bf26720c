import { printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A cpsUri is an http or https address. */
export const cpsUri: CertificateRule = {
  id: 'e_prf_cps_uri',
  severity: 'error',
  source: 'PRF-I; RFC 5280 4.2.1.4',
  check({ policies = [] }) {
    const wrong = policies.find(({ cpsUri }) => cpsUri !== undefined && !/^https?:\/\/[^/]/.test(cpsUri));
    return wrong === undefined ? undefined : `${printable(wrong.cpsUri ?? '')} is not an http address`;
  },
};
