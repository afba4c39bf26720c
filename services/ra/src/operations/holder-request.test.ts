import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSignedBy, readHolderRequest } from './holder-request.ts';

const payload = {
  v: 1,
  instance: '0b7f4c1e-1111-4222-8333-444455556666',
  certificate: 'ab'.repeat(32),
  action: 'revoke',
  reason: 'keyCompromise',
  issuedAt: 1_795_000_000,
};
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function certificate(pem: string): { der: Uint8Array; pem: string } {
  const folder = mkdtempSync(join(tmpdir(), 'see-holder-'));
  try {
    writeFileSync(join(folder, 'key'), pem);
    const args = [
      'req',
      '-x509',
      '-key',
      join(folder, 'key'),
      '-subj',
      '/CN=Jane',
      '-days',
      '1',
      '-out',
      join(folder, 'out'),
    ];
    execFileSync('openssl', args, { stdio: 'ignore' });
    const text = readFileSync(join(folder, 'out'), 'utf8');
    return { der: new Uint8Array(new X509Certificate(text).raw), pem };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ecKey(namedCurve: string): string {
  return generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function jws(alg: string, pem: string, body: unknown = payload): string {
  const input = `${part({ alg, typ: 'see-revocation' })}.${part(body)}`;
  const hash = `sha${alg.slice(2)}`;
  const key = createPrivateKey(pem);
  const options = alg.startsWith('ES')
    ? { key, dsaEncoding: 'ieee-p1363' as const }
    : { key, padding: 6, saltLength: Number(alg.slice(2)) / 8 };
  return `${input}.${sign(hash, Buffer.from(input), options).toString('base64url')}`;
}

describe('a holder request', () => {
  const p384 = certificate(ecKey('secp384r1'));
  const rsa = certificate(
    generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );

  it.each([
    ['ES384', p384],
    ['PS256', rsa],
    ['PS384', rsa],
  ])('is signed with %s by the key of the certificate', (alg, holder) => {
    const signed = readHolderRequest(jws(alg, holder.pem));
    expect(signed.request.reason).toBe('keyCompromise');
    expect(isSignedBy(signed, holder.der)).toBe(true);
  });

  it('does not count with the key of somebody else, another algorithm or another text', () => {
    const other = certificate(ecKey('secp384r1'));
    expect(isSignedBy(readHolderRequest(jws('ES384', other.pem)), p384.der)).toBe(false);
    expect(isSignedBy({ ...readHolderRequest(jws('ES384', p384.pem)), algorithm: 'none' }, p384.der)).toBe(false);
    expect(isSignedBy({ ...readHolderRequest(jws('ES384', p384.pem)), algorithm: 'HS384' }, p384.der)).toBe(false);
    expect(isSignedBy({ ...readHolderRequest(jws('ES384', p384.pem)), algorithm: 'PS384' }, p384.der)).toBe(false);
    const [header, , signature] = jws('ES384', p384.pem).split('.');
    const changed = `${header}.${part({ ...payload, reason: 'superseded' })}.${signature}`;
    expect(isSignedBy(readHolderRequest(changed), p384.der)).toBe(false);
    const empty = `${header}.${part(payload)}.${Buffer.alloc(96).toString('base64url')}`;
    expect(isSignedBy(readHolderRequest(empty), p384.der)).toBe(false);
  });

  it.each([
    ['no JWS', 'x'],
    ['a detached JWS', `${part({ alg: 'ES384', typ: 'see-revocation' })}..AAAA`],
    ['another type', `${part({ alg: 'ES384', typ: 'JWT' })}.${part(payload)}.AAAA`],
    ['a key in the header', `${part({ alg: 'ES384', typ: 'see-revocation', jwk: {} })}.${part(payload)}.AAAA`],
    ['an unknown member', `${part({ alg: 'ES384', typ: 'see-revocation' })}.${part({ ...payload, x: 1 })}.AAAA`],
    [
      'an unknown reason',
      `${part({ alg: 'ES384', typ: 'see-revocation' })}.${part({ ...payload, reason: 'toString' })}.AAAA`,
    ],
    ['a release', `${part({ alg: 'ES384', typ: 'see-revocation' })}.${part({ ...payload, action: 'release' })}.AAAA`],
    ['a fraction', `${part({ alg: 'ES384', typ: 'see-revocation' })}.${part({ ...payload, issuedAt: 1.5 })}.AAAA`],
  ])('is refused as %s', (_name, text) => {
    expect(() => readHolderRequest(text)).toThrow(/signed request/);
  });
});
