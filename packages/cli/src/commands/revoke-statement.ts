import { randomBytes } from 'node:crypto';
import { signDigest, writeStatement } from '@see/statement';
import type { ApiClient } from '../api-client.ts';
import { type ApprovalKey, readApprovalKey } from '../keys/approval-key.ts';

/** A certificate as statements name it; serial as lower-case hex. */
export type NamedCertificate = { readonly ca: string; readonly serial: string };

/** A certificate that is to be revoked, and why. */
export type CertificateToRevoke = NamedCertificate & { readonly reason: string };

/** Most certificates in one statement. */
const MOST_IN_STATEMENT = 500;

const DAY = 86_400;

/** What a statement about certificates says, without what every statement has. */
export type RevocationWish =
  | { readonly kind: 'hold-release'; readonly subject: NamedCertificate & { readonly holdId: number } }
  | {
      readonly kind: 'certificate-revoke';
      readonly subject: {
        readonly kind: 'revoke';
        readonly reason: string;
        readonly certificates: readonly NamedCertificate[];
      };
    };

/** Reads approval keys; all of them before anything is signed. */
export function readKeys(files: readonly string[], passphrase: Uint8Array | undefined): ApprovalKey[] {
  return files.map((file) => readApprovalKey(file, passphrase));
}

/** Makes the statement here, hands it in with a signature of each key, and returns its digest, hex. */
export async function signRevocation(
  api: ApiClient,
  { kind, subject }: RevocationWish,
  keys: readonly ApprovalKey[],
): Promise<string> {
  const { instance } = await api.get<{ instance: string }>('/api/v1/status');
  const now = Math.floor(Date.now() / 1000);
  const read = writeStatement({
    v: 1,
    instance,
    kind,
    subject: { ...subject },
    notBefore: now,
    notAfter: now + DAY,
    nonce: randomBytes(16).toString('base64url'),
  });
  const digest = read.digest.toHex();
  await api.post('/api/v1/statements', { bytes: read.bytes.toBase64() });
  for (const { credentialId, privateKey } of keys) {
    const signature = signDigest(read.digest, credentialId, privateKey);
    await api.post(`/api/v1/statements/${digest}/signatures`, { credentialId, signature });
  }
  return digest;
}

/** Statements of the operators for many certificates, one a reason and 500 certificates. Returns their digests, hex. */
export async function signRevocations(
  api: ApiClient,
  revoked: readonly CertificateToRevoke[],
  keys: readonly ApprovalKey[],
): Promise<string[]> {
  const digests: string[] = [];
  for (const [reason, all] of Map.groupBy(revoked, (one) => one.reason)) {
    for (let from = 0; from < all.length; from += MOST_IN_STATEMENT) {
      const certificates = all.slice(from, from + MOST_IN_STATEMENT).map(({ ca, serial }) => ({ ca, serial }));
      const subject = { kind: 'revoke' as const, reason, certificates };
      digests.push(await signRevocation(api, { kind: 'certificate-revoke', subject }, keys));
    }
  }
  return digests;
}
