/** The primes below 752 (SBR 6.1.6). */
export const PRIMES: readonly bigint[] = Array.from({ length: 750 }, (_, index) => index + 2)
  .filter(isPrime)
  .map(BigInt);

export const PRODUCT_OF_PRIMES = PRIMES.reduce((product, prime) => product * prime, 1n);

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false;
  return true;
}
