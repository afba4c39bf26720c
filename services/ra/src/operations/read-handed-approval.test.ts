import { describe, expect, it } from 'vitest';
import { readHandedApproval } from './read-handed-approval.ts';

const signature = { form: 'webauthn', authenticatorData: 'AA', clientDataJSON: 'AA', signature: 'AA' };
const approval = { credentialId: 'A'.repeat(43), signature };
const handed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an approval from the desk', () => {
  it('is read as it was handed over', () => {
    expect(readHandedApproval(handed(approval))).toEqual(approval);
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'signature-refused'],
    ['base64', Buffer.from(JSON.stringify(approval)).toString('base64url').concat('='), 'signature-refused'],
    ['no JSON', Buffer.from('approval').toString('base64url'), 'malformed-json'],
    ['null', handed(null), 'signature-refused'],
    ['a list', handed([approval.credentialId, signature]), 'signature-refused'],
    ['a member too many', handed({ ...approval, personId: 'X' }), 'signature-refused'],
    ['no credential', handed({ signature }), 'signature-refused'],
    ['a credential that is a number', handed({ ...approval, credentialId: 1 }), 'signature-refused'],
    [
      'a credential with other signs',
      handed({ ...approval, credentialId: `${approval.credentialId}'` }),
      'signature-refused',
    ],
    ['a JWS', handed({ ...approval, signature: { form: 'jws', jws: 'A..A' } }), 'signature-refused'],
    [
      'a member twice',
      Buffer.from(`{"credentialId":"a",${JSON.stringify(approval).slice(1)}`).toString('base64url'),
      'duplicate-member',
    ],
  ])('is refused as %s', (_name, text, code) => {
    expect(() => readHandedApproval(text)).toThrow(expect.objectContaining({ code }));
  });
});
