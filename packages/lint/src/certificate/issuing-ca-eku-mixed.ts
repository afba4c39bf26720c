import { oid } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** An issuing CA serves mail and people, or servers, or time stamps; never two of them. */
export const issuingCaEkuMixed: CertificateRule = {
  id: 'e_prfi_eku_mixed',
  severity: 'error',
  source: 'PRF-I; SBR 7.1.2.2 g',
  purposes: ['issuing-ca'],
  check({ extKeyUsage = [] }) {
    const mail = extKeyUsage.includes(oid.emailProtection) || extKeyUsage.includes(oid.clientAuth);
    const kinds = [
      mail,
      extKeyUsage.includes(oid.serverAuth),
      extKeyUsage.includes(oid.timeStamping),
      extKeyUsage.includes(oid.codeSigning),
    ];
    return kinds.filter((kind) => kind).length > 1 ? 'extKeyUsage mixes purposes that are kept apart' : undefined;
  },
};
