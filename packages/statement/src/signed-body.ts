import { type KeyObject, verify } from 'node:crypto';

/** What the header of a signed body says. Nothing of it is verified. */
export interface SignedBodyHeader {
  /** Thumbprint of the key (RFC 7638). */
  readonly keyId: string;
  /** When it was signed, in seconds since 1970 UTC. */
  readonly issuedAt: number;
  /** The sender's own id of what it says, used once. */
  readonly id: string;
  /** The header as it was sent, base64url. */
  readonly encoded: string;
  readonly signature: Uint8Array;
}

export type SignedBodyFault = 'malformed' | 'wrong-algorithm';

const JWS = /^([A-Za-z0-9_-]{1,1000})\.\.([A-Za-z0-9_-]{128})$/;
const KEY_ID = /^[A-Za-z0-9_-]{20,100}$/;
const ID = /^[\x21-\x7e]{1,100}$/;
const MEMBERS = ['alg', 'kid', 'iat', 'jti', 'typ'];

/**
 * Reads a detached JWS in compact form (RFC 7515 appendix F) over a body: ES384, with `kid`, `iat` and `jti` in the protected
 * header, `typ` where wanted, and nothing else. NOT verified: see `bodySignatureHolds`. No key is ever taken from the header.
 */
export function readSignedBodyHeader(text: string): SignedBodyHeader | SignedBodyFault {
  const [, encoded = '', value = ''] = JWS.exec(text) ?? [];
  const signature = Buffer.from(value, 'base64url');
  if (encoded === '' || signature.toString('base64url') !== value) return 'malformed';
  const header = membersOf(encoded);
  if (!header) return 'malformed';
  const { alg, kid, iat, jti } = header;
  if (alg !== 'ES384') return 'wrong-algorithm';
  if (Object.keys(header).some((name) => !MEMBERS.includes(name))) return 'malformed';
  if (typeof kid !== 'string' || !KEY_ID.test(kid) || typeof jti !== 'string' || !ID.test(jti)) return 'malformed';
  if (typeof iat !== 'number' || !Number.isSafeInteger(iat) || iat < 0) return 'malformed';
  return { keyId: kid, issuedAt: iat, id: jti, encoded, signature };
}

function membersOf(encoded: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether the signature of a header that was read is this key's over header and body. The time is not looked at. */
export function bodySignatureHolds(header: SignedBodyHeader, body: Uint8Array, publicKey: KeyObject): boolean {
  const input = Buffer.from(`${header.encoded}.${Buffer.from(body).toString('base64url')}`);
  return verify('sha384', input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, header.signature);
}
