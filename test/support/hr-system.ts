import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { credentialId, type PublicJwk } from '@see/statement';

/** A key of an HR system, made somewhere else. */
export interface HrKey {
  readonly privateKey: KeyObject;
  readonly publicKey: PublicJwk;
  readonly keyId: string;
}

export function newHrKey(): HrKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' }) as unknown as PublicJwk;
  const jwk = { kty, crv, x, y };
  return { privateKey, publicKey: jwk, keyId: credentialId(jwk) };
}

/** What a test changes about a signed event. */
export interface SigningChange {
  /** Members of the header, replaced or added; undefined leaves one out. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** What is signed instead of the body. */
  readonly signed?: string;
  readonly key?: HrKey;
}

/** The detached JWS over a body as an HR system makes it. */
export function signEvent(key: HrKey, body: string, change: SigningChange = {}): string {
  const header = {
    alg: 'ES384',
    kid: key.keyId,
    iat: Math.floor(Date.now() / 1000),
    jti: randomUUID(),
    ...change.header,
  };
  const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
  const input = Buffer.from(`${encoded}.${Buffer.from(change.signed ?? body).toString('base64url')}`);
  const { privateKey } = change.key ?? key;
  return `${encoded}..${sign('sha384', input, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
