import { type GeneralSubtree, oid } from '@see/x509';
import { isReservedName } from '../reserved-names.ts';
import type { CertificateRule } from '../rule.ts';

/**
 * A CA that certifies no servers leaves no room for DNS names and addresses. Addresses are excluded; DNS names are
 * excluded by the empty name or by permitting only names that no host can have, which Java takes (docs/interop.md).
 */
export const mailCaNamesHosts: CertificateRule = {
  id: 'w_prfi_mail_ca_names_hosts',
  severity: 'warning',
  source: 'PRF-I3',
  purposes: ['issuing-ca'],
  check({ nameConstraints, extKeyUsage = [] }) {
    if (nameConstraints === undefined || extKeyUsage.includes(oid.serverAuth)) return undefined;
    const { permitted, excluded } = nameConstraints;
    const hosts = permitsNoHost(permitted) || excluded.some((base) => base.kind === 'dNSName' && base.value === '');
    const addresses = [8, 32].every((octets) =>
      excluded.some(
        (base) => base.kind === 'iPAddress' && base.bytes.length === octets && base.bytes.every((octet) => octet === 0),
      ),
    );
    return hosts && addresses ? undefined : 'DNS names or addresses are not excluded altogether';
  },
};

/** Whether DNS names are permitted only below the reserved top-level name (RFC 6761 6.4) and the single labels of RFC 3183. */
function permitsNoHost(permitted: readonly GeneralSubtree[]): boolean {
  const names = permitted.flatMap((base) => (base.kind === 'dNSName' ? [base.value] : []));
  return names.length > 0 && names.every((name) => name.endsWith('.invalid') || isReservedName(name));
}
