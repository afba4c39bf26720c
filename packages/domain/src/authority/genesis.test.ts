import type { Statement } from '@see/statement';
import { describe, expect, it } from 'vitest';
import { holdsRole } from './authority.ts';
import { genesisAuthority } from './genesis.ts';
import { administrators, configuration, genesis, genesisSubject, recovery, samplePerson } from './sample-chain.ts';

describe('the first statement', () => {
  it('is believed by its digest alone', () => {
    const read = genesis();
    const authority = genesisAuthority(read, read.digest);
    expect(authority).toMatchObject({ headSeq: 0, headDigest: read.digest.toHex(), configuration });
    expect(authority.credentials.size).toBe(3);
    expect(authority.recoveryKeys).toHaveLength(3);
    for (const { personId } of administrators) {
      expect(holdsRole(authority, personId, 'administrator')).toBe(true);
      expect(holdsRole(authority, personId, 'operator')).toBe(false);
    }
    expect([
      authority.agencies.size,
      authority.profiles.size,
      authority.types.size,
      authority.serviceKeys.size,
    ]).toEqual([0, 0, 0, 0]);
  });

  it('of another instance is refused', () => {
    expect(() => genesisAuthority(genesis({ nonce: 'another-nonce-123' }), genesis().digest)).toThrow(
      'does not start at this instance',
    );
  });

  const { administrators: named } = genesisSubject;
  const change = (subject: object): Partial<Statement> => ({
    subject: { ...genesisSubject, ...subject } as Statement['subject'],
  });
  it.each<[string, Partial<Statement>, string]>([
    ['another kind', { kind: 'credential-register' }, 'bad-genesis'],
    ['a later place', { seq: 1 }, 'bad-genesis'],
    ['one before it', { prev: 'ab'.repeat(48) }, 'bad-genesis'],
    ['one administrator', change({ administrators: named.slice(0, 1) }), 'bad-subject'],
    [
      'one person twice',
      change({ administrators: [named[0], { ...named[1], personId: named[0]?.personId }] }),
      'bad-genesis',
    ],
    [
      'one key twice',
      change({ administrators: [named[0], { ...named[0], personId: samplePerson(9) }] }),
      'bad-genesis',
    ],
    ['no person id', change({ administrators: [named[0], { ...named[1], personId: 'x' }] }), 'bad-genesis'],
    ['two recovery keys', change({ recoveryKeys: genesisSubject.recoveryKeys.slice(0, 2) }), 'bad-subject'],
    [
      'a recovery key twice',
      change({ recoveryKeys: [recovery[0], recovery[1], recovery[1]].map((key) => key.publicKey) }),
      'bad-genesis',
    ],
    [
      "an administrator's recovery key",
      change({ recoveryKeys: [recovery[0], recovery[1], administrators[0]].map((key) => key.publicKey) }),
      'bad-genesis',
    ],
    [
      'a key beside the curve',
      change({
        recoveryKeys: [recovery[0], recovery[1], recovery[2]].map((key) => ({ ...key.publicKey, y: key.publicKey.x })),
      }),
      'bad-key',
    ],
    ['more than it may say', change({ quorum: 1 }), 'bad-subject'],
    ['no configuration', change({ configuration: null }), 'bad-subject'],
  ])('with %s is refused', (_name, members, code) => {
    const read = genesis(members);
    expect(() => genesisAuthority(read, read.digest)).toThrow(expect.objectContaining({ code }));
  });
});
