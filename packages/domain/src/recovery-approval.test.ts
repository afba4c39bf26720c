import { generateKeyPairSync } from 'node:crypto';
import { signDigest } from '@see/statement';
import { describe, expect, it } from 'vitest';
import type { Authority } from './authority/authority.ts';
import {
  accept,
  appoint,
  operators,
  type SampleKey,
  SCOPE,
  sampleAuthority,
  sampleKey,
  samplePerson,
} from './authority/sample-chain.ts';
import { recoveryApprovalFault } from './recovery-approval.ts';
import { type RecoveryContent, readRecoveryContent, writeRecoveryContent } from './recovery-content.ts';
import { RefusedError } from './refusal.ts';

const people = [51, 52, 53, 54].map((number) => sampleKey(samplePerson(number))) as [
  SampleKey,
  SampleKey,
  SampleKey,
  SampleKey,
];
const [one, two, three, stranger] = people;
const [o1, o2] = operators;
const agencies = ['treasury', 'ssc'].reduce(
  (authority, agencyId) =>
    accept(authority, 'agency-scope', { ...SCOPE, agencyId, domains: [`${agencyId}.govt.nz`] }, o1, o2),
  sampleAuthority,
);
const withKeys = people.reduce((authority, key) => appoint(authority, key, 'ca-operations'), agencies);
const agentsOf = (...named: readonly [SampleKey, string][]) => ({
  threshold: 2,
  agents: named.map(([{ personId }, agencyId]) => ({ personId, label: personId, agencyId, publicKey: rsa() })),
});
const authority = accept(
  withKeys,
  'recovery-agents-activate',
  agentsOf([one, 'treasury'], [two, 'treasury'], [three, 'ssc']),
);
const agents = authority.headDigest;
const later = accept(authority, 'recovery-agents-activate', agentsOf([one, 'treasury'], [stranger, 'ssc']));

const content: RecoveryContent = {
  v: 1,
  instance: authority.instance,
  recoveryId: '3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10',
  nonce: 'n'.repeat(22),
  createdAt: 1000,
  expiresAt: 2000,
  certificate: 'ab'.repeat(32),
  spkiSha256: 'cd'.repeat(32),
  agents,
  subject: samplePerson(61),
  requester: samplePerson(62),
  agencyId: 'treasury',
  capacity: 'legal',
  legalBasis: 'Search and Surveillance Act 2012, warrant 7',
  purpose: 'to read mail of May',
  messagesFrom: 100,
  messagesUntil: 200,
  recipient: 'AAAA',
  recipientPerson: samplePerson(63),
  suppressNotice: null,
};
const { digest } = writeRecoveryContent(content);
const byKey = ({ credentialId, privateKey }: SampleKey, over = digest) => ({
  credentialId,
  signature: signDigest(over, credentialId, privateKey),
});

async function faultOf(
  key: SampleKey,
  more: { content?: Partial<RecoveryContent>; approved?: SampleKey[]; authority?: Authority; over?: Uint8Array } = {},
): Promise<string | undefined> {
  const said = { ...content, ...more.content };
  const signed = writeRecoveryContent(said).digest;
  const approved = (more.approved ?? []).map(({ personId }) => personId);
  const fault = await recoveryApprovalFault(
    more.authority ?? authority,
    said,
    signed,
    byKey(key, more.over ?? signed),
    approved,
  );
  return fault?.code;
}

describe('two approvals of a recovery', () => {
  it('count by two agents of whom one is not of the agency that asks', async () => {
    expect(await faultOf(one)).toBeUndefined();
    expect(await faultOf(three, { approved: [one] })).toBeUndefined();
    expect(await faultOf(one, { approved: [three] })).toBeUndefined();
    expect(await faultOf(two, { approved: [one], content: { agencyId: 'ssc' } })).toBeUndefined();
  });

  it('of agents who came later count for keys that are kept for them', async () => {
    expect(await faultOf(stranger, { authority: later, content: { agents: later.headDigest } })).toBeUndefined();
    expect(await faultOf(stranger, { authority: later })).toBe('no-agent');
    expect(await faultOf(two, { authority: later })).toBeUndefined();
  });

  it.each<[string, () => Promise<string | undefined>, string]>([
    ['an agent twice', () => faultOf(one, { approved: [one] }), 'approved-before'],
    ['both of the agency that asks', () => faultOf(two, { approved: [one] }), 'agencies-not-apart'],
    ['the requester', () => faultOf(one, { content: { requester: one.personId } }), 'own-recovery'],
    ['the holder', () => faultOf(one, { content: { subject: one.personId } }), 'own-recovery'],
    ['the recipient', () => faultOf(one, { content: { recipientPerson: one.personId } }), 'own-recovery'],
    ['no agent', () => faultOf(stranger), 'no-agent'],
    [
      'an agent under a statement that nobody knows',
      () => faultOf(one, { content: { agents: '00'.repeat(48) } }),
      'no-agent',
    ],
    [
      'an agent without the role',
      () =>
        faultOf(one, {
          authority: accept(authority, 'role-remove', { personId: one.personId, role: 'ca-operations' }),
        }),
      'role-missing',
    ],
    [
      'a key that was removed',
      () => faultOf(one, { authority: accept(authority, 'credential-remove', { credentialId: one.credentialId }) }),
      'credential-unknown',
    ],
    ['a key that nobody knows', () => faultOf(sampleKey(one.personId)), 'credential-unknown'],
    ['a signature over something else', () => faultOf(one, { over: new Uint8Array(48) }), 'bad-approval'],
  ])('do not count by %s', async (_name, run, code) => {
    expect(await run()).toBe(code);
  });
});

describe('what agents sign', () => {
  it('reads as it was written', () => {
    expect(readRecoveryContent(writeRecoveryContent(content).bytes)).toEqual(content);
  });

  it.each<[string, object]>([
    ['more than 72 hours', { expiresAt: 1000 + 72 * 3600 + 1 }],
    ['an end before the start', { messagesUntil: 99 }],
    ['another capacity', { capacity: 'curiosity' }],
    ['no purpose', { purpose: '' }],
    ['no legal basis', { legalBasis: '' }],
    ['nobody', { subject: 'x' }],
    ['an empty reason not to tell', { suppressNotice: '' }],
    ['what is not known', { extra: 1 }],
  ])('is never %s', (_name, change) => {
    expect(() => writeRecoveryContent({ ...content, ...change })).toThrow(RefusedError);
  });
});

function rsa(): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}
