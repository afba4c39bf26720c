import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

/** expiredCertsOnCRL is not critical. */
export const expiredCertsCritical: CrlRule = {
  id: 'e_rev11_expired_certs_critical',
  severity: 'error',
  source: 'REV-11; X.509 9.5.2.8',
  check({ crl }) {
    return crl.extension(oid.expiredCertsOnCrl)?.critical ? 'expiredCertsOnCRL is critical' : undefined;
  },
};
