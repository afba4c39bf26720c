import { createHash } from 'node:crypto';
import { type CanonicalValue, passkeyFingerprintInput, writeStatement } from '@see/statement';
import { samplePasskey } from '@see/statement/sample-passkey';
import { describe, expect, it } from 'vitest';
import { renderStatement } from './statement.ts';

const { publicKey, passkey } = samplePasskey('P-256');
const rendered = (kind: string, subject: { readonly [key: string]: CanonicalValue }): string => {
  const envelope = {
    v: 1,
    instance: 'i',
    kind,
    subject,
    notBefore: 1,
    notAfter: 2,
    nonce: 'nonce-nonce-nonce',
  } as const;
  return renderStatement(writeStatement(envelope).bytes);
};
const fingerprint = createHash('sha256').update(passkeyFingerprintInput(passkey, publicKey)).digest('hex');

describe('what a signer of a statement reads', () => {
  it('has the fingerprint of a passkey, made from the bytes', () => {
    const text = rendered('credential-register', { personId: 'P', publicKey, label: 'phone', passkey });
    expect(text).toContain(`read out this fingerprint: ${fingerprint.match(/.{4}/g)?.join(' ')}`);
    expect(text).toContain(passkey);
  });

  it('has none for a key file or another kind', () => {
    expect(rendered('credential-register', { personId: 'P', publicKey, label: 'file' })).not.toContain('fingerprint');
    expect(rendered('role-grant', { personId: 'P', passkey })).not.toContain('fingerprint');
  });
});
