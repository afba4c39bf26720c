import type { CertificateRule } from '../rule.ts';

/** Names without a dot mean something else on every machine. */
export const tlsInternalName: CertificateRule = {
  id: 'w_prft_internal_name',
  severity: 'warning',
  source: 'PRF-T; BR 7.1.2.7.12',
  purposes: ['tls-server'],
  check({ subjectAltName = [] }) {
    const bare = subjectAltName.find((name) => name.kind === 'dNSName' && !name.value.includes('.'));
    return bare === undefined ? undefined : 'a DNS name has a single label';
  },
};
