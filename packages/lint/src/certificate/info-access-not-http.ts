import { printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** OCSP and issuer certificates are fetched by http. */
export const infoAccessNotHttp: CertificateRule = {
  id: 'e_prf_info_access_not_http',
  severity: 'error',
  source: 'PRF-G; BR 7.1.2.10.3',
  check({ infoAccess }) {
    const wrong = [...(infoAccess?.ocsp ?? []), ...(infoAccess?.caIssuers ?? [])].find(
      (uri) => !/^http:\/\/[^/]/.test(uri),
    );
    return wrong === undefined ? undefined : `${printable(wrong)} is not an http address`;
  },
};
