import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { REVOCATION_REASONS, type RevocationReason } from '@see/domain';
import { parseStrictJson, Refusal } from '@see/http';
import { parseCertificate } from '@see/x509';

/** What a holder asks for, signed with the key of the certificate itself. */
export interface HolderRequest {
  readonly instance: string;
  /** SHA-256 of the certificate, hex. */
  readonly certificate: string;
  readonly action: 'revoke' | 'hold';
  readonly reason: RevocationReason;
  /** Seconds since 1970 UTC. */
  readonly issuedAt: number;
}

/** A request as it came: what it says, and what its signature is over. Nothing is verified. */
export interface SignedHolderRequest {
  readonly request: HolderRequest;
  readonly algorithm: string;
  readonly input: Uint8Array;
  readonly signature: Uint8Array;
}

const COMPACT = /^([A-Za-z0-9_-]{1,400})\.([A-Za-z0-9_-]{1,2000})\.([A-Za-z0-9_-]{1,1400})$/;
const MEMBERS = new Set(['v', 'instance', 'certificate', 'action', 'reason', 'issuedAt']);

/**
 * Reads a compact JWS (RFC 7515 7.1) whose header is exactly `alg` and `typ: see-revocation` and whose payload is
 * exactly {v, instance, certificate, action, reason, issuedAt}. Throws Refusal `signature-refused`.
 */
export function readHolderRequest(jws: string): SignedHolderRequest {
  const [, header = '', payload = '', signature = ''] = COMPACT.exec(jws) ?? [];
  const head = objectOf(header);
  const body = objectOf(payload);
  const { alg, typ, ...others } = head;
  if (typeof alg !== 'string' || typ !== 'see-revocation' || Object.keys(others).length > 0) {
    throw malformed('its header is {"alg":…,"typ":"see-revocation"} and nothing else');
  }
  if (Object.keys(body).some((name) => !MEMBERS.has(name)) || body['v'] !== 1) {
    throw malformed('its payload has the members v (1), instance, certificate, action, reason and issuedAt');
  }
  return {
    request: requestOf(body),
    algorithm: alg,
    input: new TextEncoder().encode(`${header}.${payload}`),
    signature: new Uint8Array(Buffer.from(signature, 'base64url')),
  };
}

function requestOf(body: Readonly<Record<string, unknown>>): HolderRequest {
  const { instance, certificate, action, reason, issuedAt } = body;
  if (typeof instance !== 'string') throw malformed('instance is text');
  if (typeof certificate !== 'string' || !/^[0-9a-f]{64}$/.test(certificate)) {
    throw malformed('certificate is the SHA-256 of the certificate in hex');
  }
  if (action !== 'revoke' && action !== 'hold') throw malformed('action is revoke or hold');
  if (typeof reason !== 'string' || !Object.hasOwn(REVOCATION_REASONS, reason)) {
    throw malformed(`reason is one of ${Object.keys(REVOCATION_REASONS).join(', ')}`);
  }
  if (typeof issuedAt !== 'number' || !Number.isSafeInteger(issuedAt)) throw malformed('issuedAt is in whole seconds');
  return { instance, certificate, action, reason: reason as RevocationReason, issuedAt };
}

type Check = (input: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean;

const ec =
  (curve: string, hash: string): Check =>
  (input, key, signature) =>
    key.asymmetricKeyType === 'ec' &&
    key.asymmetricKeyDetails?.namedCurve === curve &&
    verify(hash, input, { key, dsaEncoding: 'ieee-p1363' }, signature);
const pss =
  (hash: string, saltLength: number): Check =>
  (input, key, signature) =>
    key.asymmetricKeyType === 'rsa' && verify(hash, input, { key, padding: PSS_PADDING, saltLength }, signature);
const PSS_PADDING = 6;

/** RFC 7518 3.1, the algorithms of keys that we certify. Nothing else is an algorithm here. */
const ALGORITHMS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ES256', ec('prime256v1', 'sha256')],
  ['ES384', ec('secp384r1', 'sha384')],
  ['ES512', ec('secp521r1', 'sha512')],
  ['PS256', pss('sha256', 32)],
  ['PS384', pss('sha384', 48)],
  ['PS512', pss('sha512', 64)],
  ['EdDSA', (input, key, signature) => key.asymmetricKeyType === 'ed25519' && verify(null, input, key, signature)],
]);

/** Whether the key of a certificate made the signature. */
export function isSignedBy(signed: SignedHolderRequest, certificateDer: Uint8Array): boolean {
  const check = ALGORITHMS.get(signed.algorithm);
  if (!check) return false;
  const { spki } = parseCertificate(certificateDer);
  try {
    return check(
      signed.input,
      createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }),
      signed.signature,
    );
  } catch {
    return false;
  }
}

function objectOf(part: string): Record<string, unknown> {
  if (part === '') throw malformed('it is a compact JWS (RFC 7515 7.1)');
  const value = parseStrictJson(new Uint8Array(Buffer.from(part, 'base64url')));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('header and payload are objects');
  return value as Record<string, unknown>;
}

function malformed(rule: string): Refusal {
  return new Refusal('signature-refused', `The signed request does not have its form: ${rule}.`);
}
