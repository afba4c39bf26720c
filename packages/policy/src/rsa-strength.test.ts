import { checkPrimeSync, generateKeyPairSync, generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rsaWeaknesses } from './rsa-strength.ts';

const F4 = 65_537n;

function octets(number: bigint): Uint8Array {
  const hex = number.toString(16);
  return Uint8Array.fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

const codes = (n: bigint, e = F4): string[] => rsaWeaknesses(octets(n), e).map(({ code }) => code);
const prime = (bits: number): bigint => generatePrimeSync(bits, { bigint: true });

const SIEVE = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73].map(BigInt);

function isPrime(candidate: bigint): boolean {
  return SIEVE.every((small) => candidate % small !== 0n || candidate === small) && checkPrimeSync(candidate);
}

function nextPrime(after: bigint): bigint {
  let candidate = after + (after % 2n === 0n ? 1n : 2n);
  while (!isPrime(candidate)) candidate += 2n;
  return candidate;
}

/** A prime as the ROCA library made them: k·M + 65537^a mod M, M the product of the first primes. */
function rocaPrime(bits: number, seed: bigint): bigint {
  let product = 1n;
  let last = 1n;
  for (let count = 0; count < 39; count += 1) {
    last = nextPrime(last);
    if (last === 1n) last = 2n;
    product *= last;
  }
  product *= 2n;
  let power = 1n;
  for (let round = 0n; round < seed; round += 1n) power = (power * F4) % product;
  let k = (1n << BigInt(bits)) / product - 1_000_000n * seed;
  while (!checkPrimeSync(k * product + power)) k -= 1n;
  return k * product + power;
}

const p = prime(1536);
const q = prime(1536);
const good = p * q;

describe('a sound modulus', () => {
  it('has nothing against it', () => {
    expect(codes(good)).toEqual([]);
    for (const modulusLength of [3072, 4096]) {
      const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' });
      const exponent = BigInt(`0x${Buffer.from(e, 'base64url').toString('hex')}`);
      expect(rsaWeaknesses(Buffer.from(n, 'base64url'), exponent)).toEqual([]);
    }
  });

  it.each([
    ['the least that is allowed', F4],
    ['the greatest that is allowed', (1n << 256n) - 1n],
  ])('with an exponent that is %s', (_name, e) => {
    expect(codes(good, e)).toEqual([]);
  });
});

describe('an exponent', () => {
  it.each<[string, bigint, string[]]>([
    ['zero', 0n, ['rsa-exponent-even', 'rsa-exponent-small']],
    ['one', 1n, ['rsa-exponent-small']],
    ['two', 2n, ['rsa-exponent-even', 'rsa-exponent-small']],
    ['three', 3n, ['rsa-exponent-small']],
    ['just too small', F4 - 2n, ['rsa-exponent-small']],
    ['even', F4 + 1n, ['rsa-exponent-even']],
    ['just too large', (1n << 256n) + 1n, ['rsa-exponent-large']],
    ['huge', (1n << 400_000n) + 1n, ['rsa-exponent-large']],
  ])('of %s', (_name, e, want) => {
    expect(codes(good, e)).toEqual(want);
  });
});

describe('a modulus', () => {
  it.each([3n, 5n, 7n, 563n, 743n, 751n])('with the factor %i', (factor) => {
    expect(codes(factor * p * q)).toContain('rsa-small-factor');
  });

  it.each([757n, 761n])('with the factor %i, the first that are not looked for', (factor) => {
    expect(codes(factor * p * q)).not.toContain('rsa-small-factor');
  });

  it('that is even, zero or one', () => {
    expect(codes(good + 1n)).toContain('rsa-small-factor');
    expect(codes(0n)).toContain('rsa-small-factor');
    expect(codes(1n)).toEqual(expect.arrayContaining(['rsa-modulus-bits']));
  });

  it('of a neighbouring pair of primes', () => {
    const neighbour = nextPrime(p);
    expect(codes(p * neighbour)).toEqual(['rsa-close-primes']);
    expect(codes(p * nextPrime(neighbour))).toEqual(['rsa-close-primes']);
  });

  it('that is a square', () => {
    expect(codes(p * p)).toEqual(['rsa-close-primes']);
  });

  it('whose factors differ by what a hundred rounds of Fermat find, and not by what no one finds', () => {
    // (p + d)² - p·(p + 2d) = d²: the distance that is found in round r grows with the root of r·√n.
    const half = 1n << 760n;
    const near = nextPrime(p + half);
    expect(codes(p * near)).toEqual(['rsa-close-primes']);
    const far = nextPrime(p + (1n << 800n));
    expect(codes(p * far)).toEqual([]);
  });

  it('of the ROCA library', () => {
    const roca = rocaPrime(1535, 1234n) * rocaPrime(1536, 4321n);
    expect(codes(roca)).toContain('rsa-roca');
    expect(codes(roca)).not.toContain('rsa-small-factor');
  });

  it('of half a ROCA key is no ROCA key', () => {
    expect(codes(rocaPrime(1536, 99n) * q)).not.toContain('rsa-roca');
  });

  it('whose bits are no multiple of eight', () => {
    expect(codes(p * prime(1537))).toEqual(['rsa-modulus-bits']);
    expect(codes(prime(1535) * q)).toEqual(['rsa-modulus-bits']);
  });

  it('too large to look at, in no time', () => {
    const started = performance.now();
    const huge = new Uint8Array(60_000).fill(0xff);
    expect(rsaWeaknesses(huge, F4).map(({ code }) => code)).toEqual(['rsa-too-large']);
    expect(rsaWeaknesses(new Uint8Array(2048).fill(0xff), F4).map(({ code }) => code)).not.toContain('rsa-too-large');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is told with everything that is wrong, each with its rule and what to do', () => {
    const found = rsaWeaknesses(octets(3n * p * q), 2n);
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['rsa-exponent-even', 'rsa-exponent-small', 'rsa-small-factor']),
    );
    for (const each of found)
      expect(each).toMatchObject({ source: 'PRF-0.6', remedy: expect.stringContaining('RSA key') });
  });
});
