import type { CertificateRule } from '../rule.ts';

/** The bits of an RSA modulus are a multiple of eight. */
export const rsaModulusOctets: CertificateRule = {
  id: 'e_prf0_rsa_modulus_octets',
  severity: 'error',
  source: 'PRF-0.6; SBR 6.1.5',
  check({ key }) {
    return key?.kind === 'rsa' && key.bits % 8 !== 0 ? `the RSA modulus has ${key.bits} bits` : undefined;
  },
};
