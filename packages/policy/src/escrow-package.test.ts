import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { buildEnvelope, buildPairEnvelopes, keyIdOf, type Recipient } from '@see/cms';
import type { Authority } from '@see/domain';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EscrowPackage, escrowViolations } from './escrow-package.ts';
import { profileOf } from './profile.ts';
import { sampleAuthority, sampleProfile } from './sample-authority.ts';
import { STANDARD_PROFILES } from './standard-profiles.ts';

const tools = {
  subtle: globalThis.crypto.subtle,
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
};
const recipients = [1, 2, 3].map((): Recipient => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
  return { spki, identifier: { kind: 'key', keyId: keyIdOf(spki) } };
});
const DIGEST = 'ab'.repeat(48);
const agents = recipients.slice(0, 2).map(({ spki }, index) => ({
  personId: `PERS0N000000004${index}`,
  label: `agent ${index}`,
  agencyId: 'treasury',
  publicKey: spki.toBase64(),
}));
const withAgents: Authority = {
  ...sampleAuthority,
  recoveryAgents: new Map([[DIGEST, { digest: DIGEST, agents, active: true }]]),
};
const kept = profileOf({
  ...STANDARD_PROFILES.find(({ id }) => id === 'user-encrypt'),
  keySources: ['code'],
  escrow: 'recovery-agents',
});
const plain = sampleProfile('user-encrypt');
let good: EscrowPackage;
let foreign: Uint8Array[];
let both: Uint8Array;
beforeAll(async () => {
  const [one, two, three] = recipients as [Recipient, Recipient, Recipient];
  const key = new Uint8Array(1800);
  good = { agents: DIGEST, envelopes: await buildPairEnvelopes(key, [one, two], tools) };
  foreign = await buildPairEnvelopes(key, [one, three], tools);
  both = await buildEnvelope(key, [one, two], tools);
});

describe('the copy of a key', () => {
  it('is well when it is for the agents in force, and when there is none where none is kept', () => {
    expect(escrowViolations(kept, good, withAgents)).toEqual([]);
    expect(escrowViolations(plain, undefined, withAgents)).toEqual([]);
  });

  it.each<[string, string[], () => readonly { readonly code: string }[]]>([
    ['missing', ['escrow-missing'], () => escrowViolations(kept, undefined, withAgents)],
    ['sent where none is kept', ['escrow-unexpected'], () => escrowViolations(plain, good, withAgents)],
    ['for nobody', ['no-recovery-agents'], () => escrowViolations(kept, good, sampleAuthority)],
    ['under another statement', ['escrow-other-agents'], () => violations({ agents: 'cd'.repeat(48) })],
    ['for one agent of two', ['escrow-other-agents'], () => violations({ envelopes: good.envelopes.slice(0, 1) })],
    ['for another second agent', ['escrow-malformed'], () => violations({ envelopes: foreign })],
    [
      'in another order',
      ['escrow-malformed', 'escrow-malformed'],
      () => violations({ envelopes: good.envelopes.toReversed() }),
    ],
    [
      'open to each agent alone',
      ['escrow-malformed', 'escrow-malformed'],
      () => violations({ envelopes: [both, both] }),
    ],
    ['cut short', ['escrow-malformed'], () => violations({ envelopes: [good.envelopes[0] ?? both, both.subarray(1)] })],
    [
      'too large',
      ['escrow-malformed'],
      () => violations({ envelopes: [good.envelopes[0] ?? both, new Uint8Array(16_385)] }),
    ],
  ])('is refused when it is %s', (_name, codes, run) => {
    expect(run().map(({ code }) => code)).toEqual(codes);
  });
});

function violations(change: Partial<EscrowPackage>) {
  return escrowViolations(kept, { ...good, ...change }, withAgents);
}
