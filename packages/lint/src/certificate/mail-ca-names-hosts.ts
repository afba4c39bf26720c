import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** A CA that certifies no servers excludes all DNS names and addresses. */
export const mailCaNamesHosts: CertificateRule = {
  id: 'w_prfi_mail_ca_names_hosts',
  severity: 'warning',
  source: 'PRF-I3',
  purposes: ['issuing-ca'],
  check({ nameConstraints, extKeyUsage = [] }) {
    if (nameConstraints === undefined || extKeyUsage.includes(oid.serverAuth)) return undefined;
    const { excluded } = nameConstraints;
    const hosts = excluded.some((base) => base.kind === 'dNSName' && base.value === '');
    const addresses = [8, 32].every((octets) =>
      excluded.some(
        (base) => base.kind === 'iPAddress' && base.bytes.length === octets && base.bytes.every((octet) => octet === 0),
      ),
    );
    return hosts && addresses ? undefined : 'DNS names or addresses are not excluded altogether';
  },
};
