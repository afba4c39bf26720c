import type { Refusal } from '@see/domain';

/** Primes below 752, the factors that PRF-0.6 asks to exclude. */
const SMALL_PRIMES: readonly bigint[] = primesBelow(752).map(BigInt);

/**
 * The primes whose residues mark keys of the Infineon library (ROCA, CVE-2017-15361): such a modulus is, modulo each of
 * them, a power of 65537. The bit masks hold which residues those powers are.
 */
const ROCA_PRIMES: readonly { prime: bigint; residues: ReadonlySet<bigint> }[] = primesBelow(168)
  .filter((prime) => prime > 2)
  .map((prime) => ({ prime: BigInt(prime), residues: powersOf65537(BigInt(prime)) }))
  .filter(({ prime, residues }) => BigInt(residues.size) < prime - 1n);

const FERMAT_ROUNDS = 100;

/**
 * Checks an RSA public key for the ways in which keys are known to be weak (PRF-0.6, SBR 6.1.1.3): modulus bits a
 * multiple of eight, odd public exponent within 2^16+1 .. 2^256-1, no prime factor under 752, factors not close
 * (Fermat), not made by the ROCA library. All findings are returned. The size against a profile is not checked.
 */
export function rsaWeaknesses(modulus: Uint8Array, exponent: bigint): Refusal[] {
  const found: Refusal[] = [];
  const add = (code: string, message: string, source: string) =>
    found.push({ code, message, source, path: 'subjectPublicKey', remedy: 'make a new RSA key with a current tool' });
  const n = BigInt(`0x${modulus.toHex() || '0'}`);
  const bits = bitLength(n);
  if (bits % 8 !== 0) add('rsa-modulus-bits', `the modulus has ${bits} bits, not a multiple of 8`, 'PRF-0.6');
  if (exponent % 2n === 0n) add('rsa-exponent-even', 'the public exponent is even', 'PRF-0.6');
  if (exponent < 65_537n) add('rsa-exponent-small', `the public exponent ${exponent} is less than 65537`, 'PRF-0.6');
  if (bitLength(exponent) > 256) add('rsa-exponent-large', 'the public exponent has more than 256 bits', 'PRF-0.6');
  if (bits > 16_384) {
    add('rsa-too-large', `a modulus of ${bits} bits is not examined`, 'PRF-0.6');
    return found;
  }
  const factor = SMALL_PRIMES.find((prime) => n % prime === 0n);
  if (factor !== undefined) add('rsa-small-factor', `the modulus is divisible by ${factor}`, 'PRF-0.6');
  if (ROCA_PRIMES.every(({ prime, residues }) => residues.has(n % prime))) {
    add('rsa-roca', 'the modulus has the fingerprint of the ROCA library (CVE-2017-15361)', 'PRF-0.6');
  }
  if (factor === undefined && hasCloseFactors(n))
    add('rsa-close-primes', 'the prime factors are too close (Fermat)', 'PRF-0.6');
  return found;
}

/** Number of bits of a non-negative integer. */
function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function hasCloseFactors(n: bigint): boolean {
  let a = integerRoot(n);
  if (a * a < n) a += 1n;
  for (let round = 0; round < FERMAT_ROUNDS; round += 1, a += 1n) {
    const square = a * a - n;
    // A square is 0, 1, 4, 9 modulo 16; this spares most roots.
    const low = square & 15n;
    if (low !== 0n && low !== 1n && low !== 4n && low !== 9n) continue;
    const b = integerRoot(square);
    if (b * b === square) return true;
  }
  return false;
}

/** Floor of the square root, by Newton's method. */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let x = 1n << BigInt((bitLength(value) + 1) >> 1);
  for (;;) {
    const next = (x + value / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

function powersOf65537(prime: bigint): Set<bigint> {
  const residues = new Set<bigint>();
  for (let power = 1n; !residues.has(power); power = (power * 65_537n) % prime) residues.add(power);
  return residues;
}

function primesBelow(limit: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate < limit; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
