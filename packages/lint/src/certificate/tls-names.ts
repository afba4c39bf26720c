import type { CertificateRule } from '../rule.ts';

/** A server has DNS names and addresses only, at least one. */
export const tlsNames: CertificateRule = {
  id: 'e_prft_names',
  severity: 'error',
  source: 'PRF-T; BR 7.1.2.7.12',
  purposes: ['tls-server'],
  check({ subjectAltName = [] }) {
    if (subjectAltName.length === 0) return 'subjectAltName is missing';
    const wrong = subjectAltName.find((name) => name.kind !== 'dNSName' && name.kind !== 'iPAddress');
    return wrong === undefined ? undefined : `a name of the kind ${wrong.kind} has no place here`;
  },
};
