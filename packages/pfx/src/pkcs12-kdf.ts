import { sha1, sha256 } from '@see/x509';

export type KdfHash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** What the octets are for (RFC 7292 B.3). */
export const kdfPurpose = { key: 1, iv: 2, mac: 3 } as const;

const sizes: Readonly<Record<KdfHash, { readonly digest: number; readonly block: number }>> = {
  'SHA-1': { digest: 20, block: 64 },
  'SHA-256': { digest: 32, block: 64 },
  'SHA-384': { digest: 48, block: 128 },
  'SHA-512': { digest: 64, block: 128 },
};

export interface KdfParameters {
  readonly hash: KdfHash;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

// So often the loop lets others run: a page stays alive, a server answers.
const PAUSE_EVERY = 20_000;

/**
 * The key derivation of PKCS#12 (RFC 7292 B.2). `password` is the BMPString form with its zero octets. The caller limits
 * `iterations` beforehand.
 */
export async function pkcs12Kdf(
  subtle: SubtleCrypto,
  password: Uint8Array,
  parameters: KdfParameters,
  purpose: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { digest: digestSize, block } = sizes[parameters.hash];
  const diversifier = new Uint8Array(block).fill(purpose);
  const input = new Uint8Array(roundUp(parameters.salt.length, block) + roundUp(password.length, block));
  fillRepeating(input.subarray(0, roundUp(parameters.salt.length, block)), parameters.salt);
  fillRepeating(input.subarray(roundUp(parameters.salt.length, block)), password);
  const output = new Uint8Array(length);
  for (let at = 0; at < length; at += digestSize) {
    const message = new Uint8Array(block + input.length);
    message.set(diversifier);
    message.set(input, block);
    const round = await iterate(subtle, parameters, message);
    output.set(round.subarray(0, Math.min(digestSize, length - at)), at);
    const adjustment = new Uint8Array(block);
    fillRepeating(adjustment, round);
    for (let start = 0; start < input.length; start += block) addOne(input.subarray(start, start + block), adjustment);
  }
  return output;
}

async function iterate(
  subtle: SubtleCrypto,
  { hash, iterations }: KdfParameters,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  let value = message;
  for (let round = 0; round < iterations; round++) {
    if (hash === 'SHA-1') value = sha1(value);
    else if (hash === 'SHA-256') value = sha256(value);
    else value = new Uint8Array(await subtle.digest(hash, value));
    if (round % PAUSE_EVERY === PAUSE_EVERY - 1) await pause();
  }
  return value;
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function roundUp(length: number, block: number): number {
  return Math.ceil(length / block) * block;
}

function fillRepeating(target: Uint8Array, source: Uint8Array): void {
  for (let index = 0; index < target.length; index++) target[index] = source[index % source.length] as number;
}

// I_j = (I_j + B + 1) mod 2^(8v), big-endian.
function addOne(target: Uint8Array, addend: Uint8Array): void {
  let carry = 1;
  for (let index = target.length - 1; index >= 0; index--) {
    carry += (target[index] as number) + (addend[index] as number);
    target[index] = carry & 0xff;
    carry >>= 8;
  }
}
