import { signDigest } from '@see/statement';
import { assertionOf, samplePasskey } from '@see/statement/sample-passkey';
import { describe, expect, it } from 'vitest';
import { relyingParty } from '../credential-signature.ts';
import { acceptStatement, signersWithRole } from './accept-statement.ts';
import { type Authority, holdsRole } from './authority.ts';
import { CHAIN_KINDS } from './change.ts';
import {
  accept,
  administrators,
  appoint,
  codeOf,
  NOW,
  next,
  operators,
  recovery,
  type SampleKey,
  SCOPE,
  sampleAuthority,
  sampleKey,
  samplePerson,
  signedBy,
} from './sample-chain.ts';

const [a1, a2, a3] = administrators;
const [r1, r2, r3] = recovery;
const [o1, o2] = operators;
const grant = { personId: samplePerson(50), role: 'auditor' };
const byRecovery = ['credential-register', 'credential-remove', 'role-grant', 'role-remove'];

function outcome(authority: Authority, ...keys: readonly SampleKey[]): string {
  return codeOf(() => accept(authority, 'role-grant', grant, ...keys));
}

describe('a statement of the chain', () => {
  it('moves the head and leaves the authority before it alone', () => {
    const read = next(sampleAuthority, 'role-grant', grant);
    const after = acceptStatement(sampleAuthority, read, signedBy(read, a1, a2), NOW);
    expect(after).toMatchObject({ headSeq: sampleAuthority.headSeq + 1, headDigest: read.digest.toHex() });
    expect(holdsRole(after, samplePerson(50), 'auditor')).toBe(true);
    expect(holdsRole(sampleAuthority, samplePerson(50), 'auditor')).toBe(false);
  });

  it.each<[string, string, object]>([
    ['another instance', 'other-instance', { instance: 'another' }],
    ['a place that is taken', 'not-next', { seq: sampleAuthority.headSeq }],
    ['a place too far', 'not-next', { seq: sampleAuthority.headSeq + 2 }],
    ['another head', 'not-next', { prev: 'ab'.repeat(48) }],
    ['a time that has not begun', 'out-of-time', { notBefore: NOW + 1 }],
    ['a time that is over', 'out-of-time', { notAfter: NOW - 1 }],
    ['a kind that does not exist', 'unknown-kind', { kind: 'quorum-set' }],
    ['the kind of the first statement', 'unknown-kind', { kind: 'genesis' }],
    ['a kind outside the chain', 'unknown-kind', { kind: 'hold-release' }],
    ['a kind that every object has', 'unknown-kind', { kind: 'constructor' }],
  ])('is refused with %s', (_name, code, change) => {
    const read = next(sampleAuthority, 'role-grant', grant, change);
    expect(codeOf(() => acceptStatement(sampleAuthority, read, signedBy(read, a1, a2), NOW))).toBe(code);
  });

  it('is not accepted twice', () => {
    const read = next(sampleAuthority, 'role-grant', grant);
    const after = acceptStatement(sampleAuthority, read, signedBy(read, a1, a2), NOW);
    expect(codeOf(() => acceptStatement(after, read, signedBy(read, a1, a2), NOW))).toBe('not-next');
  });

  it('counts without a look at the clock when an accepted chain is read again', () => {
    const read = next(sampleAuthority, 'role-grant', grant, { notAfter: NOW - 1 });
    expect(acceptStatement(sampleAuthority, read, signedBy(read, a1, a2), undefined).headDigest).toBe(
      read.digest.toHex(),
    );
  });
});

describe('its signers', () => {
  const stranger = sampleKey(samplePerson(60));
  const second = sampleKey(a1.personId);
  const withSecond = accept(sampleAuthority, 'credential-register', {
    personId: second.personId,
    publicKey: second.publicKey,
    label: 'spare',
  });
  const withoutA1 = accept(sampleAuthority, 'credential-remove', { credentialId: a1.credentialId }, a2, a3);
  const roleless = accept(sampleAuthority, 'role-remove', { personId: a1.personId, role: 'administrator' }, a2, a3);

  it.each<[string, string, Authority, readonly SampleKey[]]>([
    ['two administrators', 'accepted', sampleAuthority, [a1, a2]],
    ['two administrators and strangers', 'accepted', sampleAuthority, [stranger, a1, o1, a2]],
    ['a person by a second key, and another', 'accepted', withSecond, [second, a2]],
    ['two recovery keys', 'accepted', sampleAuthority, [r1, r3]],
    ['one administrator', 'not-enough-signatures', sampleAuthority, [a1]],
    ['one administrator twice', 'not-enough-signatures', sampleAuthority, [a1, a1]],
    ['one person by two keys', 'not-enough-signatures', withSecond, [a1, second]],
    ['a key before it is registered', 'not-enough-signatures', sampleAuthority, [second, a2]],
    ['two operators', 'not-enough-signatures', sampleAuthority, [o1, o2]],
    ['an administrator and an operator', 'not-enough-signatures', sampleAuthority, [a1, o1]],
    ['an administrator and a recovery key', 'not-enough-signatures', sampleAuthority, [a1, r1]],
    ['one recovery key twice', 'not-enough-signatures', sampleAuthority, [r2, r2]],
    ['a removed credential', 'not-enough-signatures', withoutA1, [a1, a2]],
    ['someone whose role was removed', 'not-enough-signatures', roleless, [a1, a2]],
  ])('%s: %s', (_name, want, authority, keys) => {
    expect(outcome(authority, ...keys)).toBe(want);
  });

  it('do not count when their signature is over something else, or under the name of another', () => {
    const read = next(sampleAuthority, 'role-grant', grant);
    const elsewhere = next(sampleAuthority, 'role-grant', { ...grant, role: 'sponsor' });
    const borrowed = { ...signedBy(read, stranger)[0], credentialId: a2.credentialId };
    const forged = [
      ...signedBy(elsewhere, a2),
      borrowed as ReturnType<typeof signedBy>[number],
      { credentialId: a3.credentialId, signature: { form: 'jws', jws: '..' } },
      { credentialId: a3.credentialId, signature: undefined },
    ];
    const judge = (signatures: ReturnType<typeof signedBy>) =>
      codeOf(() => acceptStatement(sampleAuthority, read, signatures, NOW));
    expect(judge([...signedBy(read, a1), ...forged])).toBe('not-enough-signatures');
    expect(judge([...forged, ...signedBy(read, a1, a2)])).toBe('accepted');
  });

  it('a bad signature of a person does not hide a good one', () => {
    const read = next(sampleAuthority, 'role-grant', grant);
    const bad = { credentialId: a1.credentialId, signature: null };
    const signers = signersWithRole(sampleAuthority, read.digest, [bad, ...signedBy(read, a1)], 'administrator');
    expect([...signers]).toEqual([a1.personId]);
  });

  it('are asked for by kind: the recovery keys for persons only, operators for agencies only', () => {
    for (const [kind, { signers }] of CHAIN_KINDS) {
      const wrong = signers === 'operator' ? [a1, a2] : [o1, o2];
      expect([kind, codeOf(() => accept(sampleAuthority, kind, {}, ...wrong))]).toEqual([
        kind,
        'not-enough-signatures',
      ]);
      const recovered = byRecovery.includes(kind) ? 'bad-subject' : 'not-enough-signatures';
      expect([kind, codeOf(() => accept(sampleAuthority, kind, {}, r1, r2))]).toEqual([kind, recovered]);
    }
    expect(CHAIN_KINDS.size).toBe(16);
    expect(codeOf(() => accept(sampleAuthority, 'agency-scope', SCOPE, o1, o2))).toBe('accepted');
  });

  it('are never the one that the statement itself makes an administrator', () => {
    const key = sampleKey(samplePerson(70));
    const { personId, publicKey } = key;
    const registered = accept(sampleAuthority, 'credential-register', { personId, publicKey, label: 'x' });
    const subject = { personId, role: 'administrator' };
    expect(codeOf(() => accept(registered, 'role-grant', subject, key, a1))).toBe('not-enough-signatures');
    expect(outcome(appoint(sampleAuthority, key, 'administrator'), key, a1)).toBe('accepted');
  });
});

describe('a passkey', () => {
  const key = samplePasskey('P-384');
  const subject = { personId: a2.personId, publicKey: key.publicKey, label: 'phone', passkey: key.passkey };
  const authority = accept(sampleAuthority, 'credential-register', subject);
  const read = next(authority, 'role-grant', grant);

  it.each([
    ['by its assertion', assertionOf(key, read.digest, relyingParty(authority))],
    ['by a JWS, though its key would do', signDigest(read.digest, key.credentialId, key.privateKey)],
  ])('signs no statement %s', (_name, signature) => {
    const signatures = [...signedBy(read, a1), { credentialId: key.credentialId, signature }];
    expect(codeOf(() => acceptStatement(authority, read, signatures, NOW))).toBe('not-enough-signatures');
    expect(codeOf(() => acceptStatement(authority, read, [...signatures, ...signedBy(read, a2)], NOW))).toBe(
      'accepted',
    );
  });
});
