import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

const signInPool = promisify(
  (data: Uint8Array, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
    sign('sha384', data, key, done),
);
const verifyInPool = promisify(
  (data: Uint8Array, key: KeyObject, signature: Uint8Array, done: (error: Error | null, holds: boolean) => void) =>
    verify('sha384', data, key, signature, done),
);

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly signature: Buffer;
}

const DATA = new Uint8Array(500).fill(7);
const IN_FLIGHT = 64;

function pair(curve: string): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return { privateKey, publicKey, signature: sign('sha384', DATA, privateKey) };
}

/** Runs `work` for a number of seconds with 64 in flight; returns how often a second it ended. */
export async function ratePerSecond(seconds: number, work: () => Promise<void>): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const started = performance.now();
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      await work();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return (count * 1000) / (performance.now() - started);
}

/**
 * The cryptography that the cycle itself demands for an order of so many certificates with one approval: for each proof
 * of possession (subject's curve), the CA's signature and its verification (P-384), and once the approval (P-384); and
 * the peers' whole work, one verification and one signature. Certificates a second, on all cores, in the thread pool.
 */
export async function cryptoLimits(
  subjectCurve: string,
  seconds: number,
  certificates = 1,
): Promise<{ mandated: number; peers: number }> {
  const subject = pair(subjectCurve);
  const ca = pair('secp384r1');
  const operator = pair('secp384r1');
  const orders = await ratePerSecond(seconds, async () => {
    await verifyInPool(DATA, operator.publicKey, operator.signature);
    for (let made = 0; made < certificates; made += 1) {
      await verifyInPool(DATA, subject.publicKey, subject.signature);
      const signature = await signInPool(DATA, ca.privateKey);
      await verifyInPool(DATA, ca.publicKey, signature);
    }
  });
  const peers = await ratePerSecond(seconds, async () => {
    await verifyInPool(DATA, subject.publicKey, subject.signature);
    await signInPool(DATA, ca.privateKey);
  });
  return { mandated: orders * certificates, peers };
}
