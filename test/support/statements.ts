import type { ApprovalKey } from '@see/cli';
import { nextStatement } from '@see/cli';
import { storeSignature, storeStatement } from '@see/db';
import { type CanonicalValue, signDigest } from '@see/statement';
import type { World } from './world.ts';

/** Proposes the next statement of the chain as ra does, signed by some keys, and lets the signer look at it. */
export async function propose(
  world: World,
  kind: string,
  subject: { readonly [key: string]: CanonicalValue },
  signers: readonly ApprovalKey[],
): Promise<number> {
  const read = nextStatement(world.signer.chain.authority, kind, subject, Math.floor(Date.now() / 1000));
  await storeStatement(world.ra, read);
  for (const key of signers) {
    const signature = signDigest(read.digest, key.credentialId, key.privateKey);
    await storeSignature(world.ra, read.digest, { credentialId: key.credentialId, signature });
  }
  return world.signer.chain.acceptPending();
}
