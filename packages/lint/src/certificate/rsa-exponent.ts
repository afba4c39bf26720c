import type { CertificateRule } from '../rule.ts';

/** An RSA exponent is odd and within 2^16+1 and 2^256-1. */
export const rsaExponent: CertificateRule = {
  id: 'e_prf0_rsa_exponent',
  severity: 'error',
  source: 'PRF-0.6; SBR 6.1.6',
  check({ key }) {
    if (key?.kind !== 'rsa') return undefined;
    const { exponent } = key;
    return exponent % 2n === 0n || exponent < 65_537n || exponent >= 1n << 256n
      ? 'the RSA exponent is even, too small or too large'
      : undefined;
  },
};
