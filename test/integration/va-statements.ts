import { randomBytes } from 'node:crypto';
import type { ApprovalKey } from '@see/cli';
import { storeSignature, storeStatement } from '@see/db';
import type { RevocationReason } from '@see/domain';
import { type CanonicalValue, signDigest, writeStatement } from '@see/statement';
import type { World } from '../support/world.ts';
import type { IssuedCertificate } from './va-harness.ts';

/** Stores a statement outside the chain with its signatures; returns its digest. */
async function storeSigned(
  world: World,
  kind: string,
  subject: { readonly [key: string]: CanonicalValue },
  signers: readonly ApprovalKey[],
  at = new Date(),
): Promise<Uint8Array> {
  const notBefore = Math.floor(at.getTime() / 1000);
  const statement = writeStatement({
    v: 1,
    instance: world.instance.instance,
    kind,
    subject,
    notBefore,
    notAfter: notBefore + 3600,
    nonce: randomBytes(16).toString('base64url'),
  });
  await storeStatement(world.ra, statement);
  for (const key of signers) {
    const signature = signDigest(statement.digest, key.credentialId, key.privateKey);
    await storeSignature(world.ra, statement.digest, { credentialId: key.credentialId, signature });
  }
  return statement.digest;
}

/** A statement that releases a hold, dated now unless a time is named. */
export function signedRelease(
  world: World,
  certificate: IssuedCertificate,
  holdId: number,
  signers: readonly ApprovalKey[],
  at?: Date,
): Promise<Uint8Array> {
  const subject = { ca: certificate.ca, serial: certificate.serial.toHex(), holdId };
  return storeSigned(world, 'hold-release', subject, signers, at);
}

/** A statement that revokes one certificate. */
export function signedRevocation(
  world: World,
  certificate: IssuedCertificate,
  reason: RevocationReason,
  signers: readonly ApprovalKey[],
): Promise<Uint8Array> {
  const certificates = [{ ca: certificate.ca, serial: certificate.serial.toHex() }];
  return storeSigned(world, 'certificate-revoke', { kind: 'revoke', reason, certificates }, signers);
}
