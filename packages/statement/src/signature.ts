import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { WebauthnSignature } from './webauthn-signature.ts';

/** A P-384 public key as JWK (RFC 7518 6.2.1), the only form of a key that lies in a file. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-384';
  readonly x: string;
  readonly y: string;
}

/**
 * A signature over a statement digest by a key file. `jws` is a detached JWS in compact form (RFC 7515 appendix F): the payload is
 * the digest itself, the header is exactly {"alg":"ES384","kid":credentialId}.
 */
export interface JwsSignature {
  readonly form: 'jws';
  readonly jws: string;
}
export type StatementSignature = JwsSignature | WebauthnSignature;

export type SignatureFault = 'malformed' | 'wrong-algorithm' | 'wrong-credential' | 'bad-signature';

const JWS = /^([A-Za-z0-9_-]{1,600})\.\.([A-Za-z0-9_-]{128})$/;

function headerOf(credentialId: string): string {
  return Buffer.from(JSON.stringify({ alg: 'ES384', kid: credentialId })).toString('base64url');
}

function signingInput(header: string, digest: Uint8Array): Buffer {
  return Buffer.from(`${header}.${Buffer.from(digest).toString('base64url')}`);
}

/** Signs a statement digest with a P-384 private key in the name of a credential. */
export function signDigest(digest: Uint8Array, credentialId: string, privateKey: KeyObject): JwsSignature {
  const header = headerOf(credentialId);
  const signature = sign('sha384', signingInput(header, digest), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return { form: 'jws', jws: `${header}..${signature.toString('base64url')}` };
}

/** Imports a credential's public key. Throws when the point is not on P-384. */
export function importPublicJwk(jwk: PublicJwk): KeyObject {
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-384') throw new TypeError('not a P-384 key');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-384', x: jwk.x, y: jwk.y }, format: 'jwk' });
}

/**
 * Checks one JWS over a digest. Returns undefined when it holds, otherwise what is wrong. Only ES384 under
 * exactly the credential named is accepted; no key, algorithm or extension is ever taken from the header.
 * Whether the credential may sign this statement is not checked here.
 */
export function signatureFault(
  signature: unknown,
  digest: Uint8Array,
  credentialId: string,
  publicKey: KeyObject,
): SignatureFault | undefined {
  const parts = partsOf(signature, credentialId);
  if (typeof parts === 'string') return parts;
  const input = signingInput(parts.header, digest);
  const holds = verify('sha384', input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, parts.bytes);
  return holds ? undefined : 'bad-signature';
}

function partsOf(signature: unknown, credentialId: string): { header: string; bytes: Buffer } | SignatureFault {
  if (!isJwsSignature(signature)) return 'malformed';
  const [, header, value] = JWS.exec(signature.jws) ?? [];
  if (!header || !value) return 'malformed';
  if (header !== headerOf(credentialId)) return headerFault(header);
  const bytes = Buffer.from(value, 'base64url');
  return bytes.toString('base64url') === value ? { header, bytes } : 'malformed';
}

/** Whether a stored JSON value has the shape of a detached JWS; nothing is verified. */
export function isJwsSignature(value: unknown): value is JwsSignature {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 2 &&
    (value as JwsSignature).form === 'jws' &&
    typeof (value as JwsSignature).jws === 'string'
  );
}

function headerFault(header: string): SignatureFault {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    const alg = typeof parsed === 'object' && parsed !== null ? (parsed as { alg?: unknown }).alg : undefined;
    return alg === 'ES384' ? 'wrong-credential' : 'wrong-algorithm';
  } catch {
    return 'malformed';
  }
}

const verifyInPool = promisify(
  (data: Uint8Array, key: KeyObject, signature: Uint8Array, callback: (error: Error | null, holds: boolean) => void) =>
    verify('sha384', data, { key, dsaEncoding: 'ieee-p1363' }, signature, callback),
);

/** As `signatureFault`, with the verification in the thread pool. */
export async function signatureFaultInPool(
  signature: unknown,
  digest: Uint8Array,
  credentialId: string,
  publicKey: KeyObject,
): Promise<SignatureFault | undefined> {
  const parts = partsOf(signature, credentialId);
  if (typeof parts === 'string') return parts;
  return (await verifyInPool(signingInput(parts.header, digest), publicKey, parts.bytes)) ? undefined : 'bad-signature';
}
