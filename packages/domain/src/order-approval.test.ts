import { signDigest, statementDigest } from '@see/statement';
import {
  type AssertionChange,
  assertionOf,
  BOUND,
  type SamplePasskey,
  SYNCED,
  samplePasskey,
} from '@see/statement/sample-passkey';
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
import { credentialKey, relyingParty } from './credential-signature.ts';
import { approvalFault, approversFault, eligibleApprovers, orderApprovers } from './order-approval.ts';
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
    expect([...approvers]).toEqual(want.map(({ personId }) => [personId, 'device-bound']));
    expect([...eligibleApprovers(authority, order, approvals)]).toEqual([...approvers]);
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
    expect(await orderApprovers(sampleAuthority, order, digest, [approval, ...by(o1)])).toEqual(
      new Map([[o1.personId, 'device-bound']]),
    );
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

const phone = samplePasskey('P-256');
const token = samplePasskey('P-384');
const withPasskeys = [[o1.personId, phone] as const, [o2.personId, token] as const].reduce(
  (authority, [personId, { publicKey, passkey }]) =>
    accept(authority, 'credential-register', { personId, publicKey, label: 'passkey', passkey }),
  sampleAuthority,
);
const party = relyingParty(withPasskeys);
const touch = (key: SamplePasskey, change: AssertionChange = {}): SignedBy => ({
  credentialId: key.credentialId,
  signature: assertionOf(key, digest, party, change),
});
const bound = { flags: BOUND };
const synced = { flags: SYNCED };

describe('an order that a risk raised', () => {
  it('takes two copied passkeys of different persons, and not two approvals of one', async () => {
    const reasons = [{ code: 'out-of-hours' as const, reason: 'ordered at night' }];
    const raised = sampleOrder({ risk: { quorumWithout: 1, reasons } });
    const { digest: own } = writeOrderContent(raised);
    const synced = (key: SamplePasskey): SignedBy => ({
      credentialId: key.credentialId,
      signature: assertionOf(key, own, party, { flags: SYNCED }),
    });
    const faultOf = async (...given: readonly SignedBy[]) =>
      approversFault(raised, await orderApprovers(withPasskeys, raised, own, given))?.code;
    expect(await faultOf(synced(phone), synced(token))).toBeUndefined();
    expect(await faultOf(synced(phone))).toBe('not-enough-approvals');
    expect(await faultOf(synced(phone), ...signedBy({ digest: own }, o1))).toBe('not-enough-approvals');
  });
});

describe('passkeys', () => {
  it('sign for the sealed origin and RP ID', () => {
    expect(party).toEqual({ origin: 'http://localhost:8082', rpId: 'localhost' });
    const { configuration } = withPasskeys;
    const standard = { ...withPasskeys, configuration: { ...configuration, deskUrl: 'https://desk.see.govt.nz:443' } };
    expect(relyingParty(standard).origin).toBe('https://desk.see.govt.nz');
  });

  it.each<[string, readonly SignedBy[], readonly (readonly [SampleKey, string])[], string | undefined]>([
    [
      'one of them bound',
      [touch(phone, synced), touch(token, bound)],
      [
        [o1, 'synced'],
        [o2, 'device-bound'],
      ],
      undefined,
    ],
    [
      'both bound',
      [touch(phone), touch(token)],
      [
        [o1, 'device-bound'],
        [o2, 'device-bound'],
      ],
      undefined,
    ],
    [
      'one and a key file',
      [touch(phone, synced), ...by(o2)],
      [
        [o1, 'synced'],
        [o2, 'device-bound'],
      ],
      undefined,
    ],
    [
      'both copied',
      [touch(phone, synced), touch(token, synced)],
      [
        [o1, 'synced'],
        [o2, 'synced'],
      ],
      'no-device-bound-approval',
    ],
    [
      'both copied, and a key file of a third',
      [touch(phone, synced), touch(token, synced), ...by(o3)],
      [
        [o1, 'synced'],
        [o2, 'synced'],
        [o3, 'device-bound'],
      ],
      undefined,
    ],
    [
      'both copied, and a key file of one of them',
      [touch(phone, synced), touch(token, synced), ...by(o1)],
      [
        [o1, 'device-bound'],
        [o2, 'synced'],
      ],
      undefined,
    ],
    [
      'a passkey and a key file of one person',
      [touch(phone, synced), ...by(o1)],
      [[o1, 'device-bound']],
      'not-enough-approvals',
    ],
  ])('approve a dual order: %s', async (_name, approvals, want, fault) => {
    const approvers = await orderApprovers(withPasskeys, order, digest, approvals);
    expect([...approvers]).toEqual(want.map(([{ personId }, keeping]) => [personId, keeping]));
    expect(approversFault(order, approvers)?.code).toBe(fault);
    expect([...eligibleApprovers(withPasskeys, order, approvals)]).toEqual([...approvers]);
  });

  it('that are copied suffice for an order that is no dual one', async () => {
    const single = sampleOrder({ quorum: 1 });
    const written = writeOrderContent(single);
    const approval = { credentialId: phone.credentialId, signature: assertionOf(phone, written.digest, party, synced) };
    const approvers = await orderApprovers(withPasskeys, single, written.digest, [approval]);
    expect(approversFault(single, approvers)).toBeUndefined();
  });

  const jws = (key: SamplePasskey): SignedBy => ({
    credentialId: key.credentialId,
    signature: signDigest(digest, key.credentialId, key.privateKey),
  });
  const likePasskey: SamplePasskey = { ...token, privateKey: o1.privateKey, publicKey: { ...o1.publicKey } };
  it.each<[string, SignedBy, string]>([
    ['a JWS by the key of a passkey', jws(token), 'wrong-form'],
    ['an assertion by a key file', { ...touch(likePasskey), credentialId: o1.credentialId }, 'wrong-form'],
    ["another passkey's assertion", { ...touch(phone), credentialId: token.credentialId }, 'bad-signature'],
    ['another origin', touch(phone, { clientData: { origin: 'http://localhost:8081' } }), 'wrong-origin'],
    ['another RP ID', touch(phone, { rpId: 'localhost.example' }), 'wrong-rp-id'],
    ['no user verification', touch(phone, { flags: 0x01 }), 'user-not-verified'],
    [
      'another order',
      { ...touch(phone), signature: assertionOf(phone, statementDigest('order', new Uint8Array(1)), party) },
      'wrong-challenge',
    ],
    ['nothing', { credentialId: phone.credentialId, signature: null }, 'wrong-form'],
  ])('do not approve with %s', async (_name, approval, want) => {
    expect((await orderApprovers(withPasskeys, order, digest, [approval])).size).toBe(0);
    const fault = await approvalFault(withPasskeys, order, digest, approval);
    expect([fault?.code, fault?.message]).toEqual(['bad-approval', expect.stringContaining(`(${want})`)]);
  });

  it('approve one more', async () => {
    expect(await approvalFault(withPasskeys, order, digest, touch(phone))).toBeUndefined();
    const gone = accept(withPasskeys, 'credential-remove', { credentialId: phone.credentialId });
    expect((await approvalFault(gone, order, digest, touch(phone)))?.code).toBe('credential-unknown');
  });
});
