import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePasskey } from '@see/statement/sample-passkey';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateApprovalKey, writePublicKey } from './approval-key.ts';
import { readRegistrableKey } from './registrable-key.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-keys-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const { publicKey, passkey, credentialId } = samplePasskey('P-256');
const file = { v: 1, kind: 'see-pki-passkey', label: 'Mary Tane, blue key', passkey, publicKey };

function written(value: unknown): string {
  const path = join(folder, 'key.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

describe('a key that is to be registered', () => {
  it('is a passkey, with the fingerprint that the desk shows', () => {
    const { crv, kty, x, y } = publicKey;
    const canonical = `{"passkey":"${passkey}","publicKey":{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}}`;
    const fingerprint = createHash('sha256').update(canonical).digest('hex');
    expect(readRegistrableKey(written(file))).toEqual({
      label: file.label,
      credentialId,
      publicKey: { ...publicKey },
      passkey,
      fingerprint,
    });
  });

  it('has another fingerprint with another id or another key', () => {
    const other = samplePasskey('P-256');
    const prints = [file, { ...file, passkey: other.passkey }, { ...file, publicKey: other.publicKey }].map(
      (one) => readRegistrableKey(written(one)).fingerprint,
    );
    expect(new Set(prints).size).toBe(3);
  });

  it('is the public part of a key file, whose fingerprint is its thumbprint', () => {
    const key = generateApprovalKey('operator');
    const path = join(folder, 'operator.public.json');
    writePublicKey(path, key);
    const found = readRegistrableKey(path);
    expect(found).toMatchObject({ credentialId: key.credentialId, passkey: null, label: 'operator' });
    expect(Buffer.from(found.fingerprint, 'hex').toString('base64url')).toBe(key.credentialId);
  });

  it.each<[string, unknown]>([
    ['is no JSON', '{'],
    ['is JSON of something else', { label: 'x' }],
    ['has no id', { ...file, passkey: undefined }],
    ['has no label', { ...file, label: undefined }],
    ['has no public key', { ...file, publicKey: undefined }],
    ['has a key on another curve', { ...file, publicKey: { ...publicKey, crv: 'P-521' } }],
    ['has a point on no curve', { ...file, publicKey: { ...publicKey, y: 'A'.repeat(43) } }],
    ['is a passkey on P-256 without its kind', { ...file, kind: 'see-pki-public-key' }],
  ])('is refused when the file %s', (_name, value) => {
    expect(() => readRegistrableKey(written(value))).toThrow(expect.objectContaining({ code: 'bad-key-file' }));
  });
});
