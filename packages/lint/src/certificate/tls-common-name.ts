import { oid, printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** The common name of a server is one of its alternative names. */
export const tlsCommonName: CertificateRule = {
  id: 'e_prft_common_name',
  severity: 'error',
  source: 'PRF-T; BR 7.1.4.3',
  purposes: ['tls-server'],
  check(subject) {
    const [value] = subject.attributeValues(oid.commonName);
    if (value === undefined) return undefined;
    const among = subject.subjectAltName?.some(
      (name) =>
        (name.kind === 'dNSName' && name.value === value) ||
        (name.kind === 'iPAddress' && name.bytes.join('.') === value),
    );
    return among ? undefined : `the common name ${printable(value)} is not among the alternative names`;
  },
};
