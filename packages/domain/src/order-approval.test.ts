import { signDigest, statementDigest } from '@see/statement';
import { describe, expect, it } from 'vitest';
import type { SignedBy } from './authority/accept-statement.ts';
import type { Authority } from './authority/authority.ts';
import {
  accept,
  administrators,
  appoint,
  operators,
  recovery,
  type SampleKey,
  sampleAuthority,
  sampleKey,
  samplePerson,
  signedBy,
} from './authority/sample-chain.ts';
import { approvalFault, credentialKey, eligibleApprovers, orderApprovers } from './order-approval.ts';
import { writeOrderContent } from './order-content.ts';
import { sampleOrder } from './sample-order.ts';

const [o1, o2, o3] = operators;
const order = sampleOrder();
const { bytes, digest } = writeOrderContent(order);
const by = (...keys: readonly SampleKey[]): SignedBy[] => signedBy({ digest }, ...keys);
const spare = sampleKey(o1.personId);
const withSpare = accept(sampleAuthority, 'credential-register', {
  personId: spare.personId,
  publicKey: spare.publicKey,
  label: 'spare',
});
const removed = accept(withSpare, 'credential-remove', { credentialId: o1.credentialId });
const roleless = accept(sampleAuthority, 'role-remove', { personId: o1.personId, role: 'operator' });
const applicant = sampleKey(order.applicant);
const sponsor = sampleKey(order.sponsor);
const agent = sampleKey(order.agent ?? '');
const parties = [applicant, sponsor, agent].reduce(
  (authority, key) => appoint(authority, key, 'operator'),
  sampleAuthority,
);
const stranger = sampleKey(samplePerson(90));

describe('the approvers of an order', () => {
  it.each<[string, Authority, readonly SignedBy[], readonly SampleKey[]]>([
    ['are operators', sampleAuthority, by(o1, o2), [o1, o2]],
    ['are persons: two keys of one count once', withSpare, by(o1, spare), [o1]],
    ['may sign by any of their keys', withSpare, by(spare), [spare]],
    ['are nobody with a removed key', removed, by(o1), []],
    ['may have another key than the removed one', removed, by(o1, spare), [spare]],
    ['are nobody without the role', roleless, by(o1), []],
    ['are no administrators', sampleAuthority, by(administrators[0]), []],
    ['are no recovery keys', sampleAuthority, by(recovery[0]), []],
    ['are no strangers', sampleAuthority, by(stranger), []],
    ['are no parties to the order', parties, by(applicant, sponsor, agent), []],
    ['are counted beside what does not count', parties, by(applicant, stranger, o1, sponsor, o2), [o1, o2]],
    ['are none without a signature', sampleAuthority, [], []],
  ])('%s', async (_name, authority, approvals, want) => {
    const approvers = await orderApprovers(authority, order, digest, approvals);
    expect([...approvers]).toEqual(want.map(({ personId }) => personId));
    const credentials = approvals.map(({ credentialId }) => credentialId);
    expect([...eligibleApprovers(authority, order, credentials)]).toEqual([...approvers]);
  });

  it.each<[string, SignedBy]>([
    ['another order', signedBy(writeOrderContent({ ...order, agencyId: 'ssc' }), o1)[0] as SignedBy],
    ['the same bytes as another kind', signedBy({ digest: statementDigest('batch', bytes) }, o1)[0] as SignedBy],
    ['the name of another', { ...(by(stranger)[0] as SignedBy), credentialId: o1.credentialId }],
    [
      'their own name, by another key',
      { credentialId: o1.credentialId, signature: signDigest(digest, o1.credentialId, o2.privateKey) },
    ],
    ['nothing', { credentialId: o1.credentialId, signature: undefined }],
  ])('do not sign %s', async (_name, approval) => {
    expect((await orderApprovers(sampleAuthority, order, digest, [approval])).size).toBe(0);
    expect(await orderApprovers(sampleAuthority, order, digest, [approval, ...by(o1)])).toEqual(new Set([o1.personId]));
    expect((await approvalFault(sampleAuthority, order, digest, approval))?.code).toBe('bad-approval');
  });

  it('are not counted beyond the quorum', async () => {
    expect((await orderApprovers(sampleAuthority, order, digest, by(o1, o2, o3))).size).toBe(2);
  });
});

describe('one more approval', () => {
  it.each<[string, Authority, SampleKey, string | undefined]>([
    ['of an operator', sampleAuthority, o1, undefined],
    ['by a removed key', removed, o1, 'credential-unknown'],
    ['by a stranger', sampleAuthority, stranger, 'credential-unknown'],
    ['by an administrator', sampleAuthority, administrators[0], 'role-missing'],
    ['after the role is gone', roleless, o1, 'role-missing'],
    ['by the applicant', parties, applicant, 'own-order'],
    ['by the sponsor', parties, sponsor, 'own-order'],
    ['by the agent', parties, agent, 'own-order'],
  ])('%s', async (_name, authority, key, want) => {
    const fault = await approvalFault(authority, order, digest, by(key)[0] as SignedBy);
    expect(fault?.code).toBe(want);
    if (fault) expect(fault.message).not.toBe('');
  });
});

describe('the key of a credential', () => {
  it('is imported once', () => {
    const credential = sampleAuthority.credentials.get(o1.credentialId);
    if (!credential) throw new Error('not registered');
    expect(credentialKey(credential)).toBe(credentialKey(credential));
    expect(credentialKey(credential).export({ format: 'jwk' })).toEqual(o1.publicKey);
  });
});
