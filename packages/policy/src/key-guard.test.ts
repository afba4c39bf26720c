import { describe, expect, it } from 'vitest';
import { type KnownKey, keyGuard } from './key-guard.ts';

const use = (subjectKey: string, profileId: string) => ({ subjectKey, profileId });
const treasury = 'agency:treasury';

describe('keyGuard', () => {
  it.each<[string, KnownKey | undefined, string | undefined]>([
    ['is unknown', undefined, undefined],
    ['is known and not used', { blocked: null, uses: [] }, undefined],
    ['is renewed', { blocked: null, uses: [use(treasury, 'gateway-sign')] }, undefined],
    [
      'was renewed often',
      { blocked: null, uses: [use(treasury, 'gateway-sign'), use(treasury, 'gateway-sign')] },
      undefined,
    ],
    ['is blocked', { blocked: 'published', uses: [] }, 'key-blocked'],
    [
      'is blocked and renewed',
      { blocked: 'revoked for keyCompromise', uses: [use(treasury, 'gateway-sign')] },
      'key-blocked',
    ],
    ['is of another agency', { blocked: null, uses: [use('agency:ssc', 'gateway-sign')] }, 'key-of-another'],
    ['is of a person', { blocked: null, uses: [use('person:treasury', 'gateway-sign')] }, 'key-of-another'],
    [
      'is of another agency too',
      { blocked: null, uses: [use(treasury, 'gateway-sign'), use('agency:ssc', 'gateway-sign')] },
      'key-of-another',
    ],
    ['encrypts already', { blocked: null, uses: [use(treasury, 'gateway-encrypt')] }, 'key-in-other-use'],
    [
      'encrypts too',
      { blocked: null, uses: [use(treasury, 'gateway-sign'), use(treasury, 'gateway-encrypt')] },
      'key-in-other-use',
    ],
  ])('a key that %s', (_name, known, code) => {
    const fault = keyGuard(known, treasury, 'gateway-sign');
    expect(fault?.code).toBe(code);
    if (fault) expect(fault).toMatchObject({ remedy: 'make a new key', path: 'csr' });
  });
});
