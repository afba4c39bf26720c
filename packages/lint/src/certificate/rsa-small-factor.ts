import type { CertificateRule } from '../rule.ts';
import { PRIMES } from '../small-primes.ts';

/** An RSA modulus has no factor below 752. */
export const rsaSmallFactor: CertificateRule = {
  id: 'e_prf0_rsa_small_factor',
  severity: 'error',
  source: 'PRF-0.6; SBR 6.1.6',
  check({ key }) {
    if (key?.kind !== 'rsa') return undefined;
    for (const prime of PRIMES) {
      let rest = 0;
      for (const octet of key.modulus) rest = (rest * 256 + octet) % prime;
      if (rest === 0) return `the RSA modulus is divisible by ${prime}`;
    }
    return undefined;
  },
};
