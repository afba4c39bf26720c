/** The primes below 752 (SBR 6.1.6). */
export const PRIMES: readonly number[] = Array.from({ length: 750 }, (_, index) => index + 2).filter(isPrime);

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false;
  return true;
}
