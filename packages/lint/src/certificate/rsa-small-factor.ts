import { toHex } from '@see/x509';
import type { CertificateRule } from '../rule.ts';
import { PRIMES, PRODUCT_OF_PRIMES } from '../small-primes.ts';

/** An RSA modulus has no factor below 752. */
export const rsaSmallFactor: CertificateRule = {
  id: 'e_prf0_rsa_small_factor',
  severity: 'error',
  source: 'PRF-0.6; SBR 6.1.6',
  check({ key }) {
    if (key?.kind !== 'rsa') return undefined;
    // One long division by the product of all of them, then short ones of what is left.
    const rest = BigInt(`0x${toHex(key.modulus)}`) % PRODUCT_OF_PRIMES;
    for (const prime of PRIMES) {
      if (rest % prime === 0n) return `the RSA modulus is divisible by ${prime}`;
    }
    return undefined;
  },
};
