import { generateKeyPairSync } from 'node:crypto';
import type { CanonicalValue } from '@see/statement';
import { describe, expect, it } from 'vitest';
import type { Authority } from './authority.ts';
import { activeRecoveryAgents } from './recovery-agents.ts';
import { accept, codeOf, operators, SCOPE, sampleAuthority, samplePerson } from './sample-chain.ts';

const rsa = (bits: number, publicExponent = 65_537): string =>
  generateKeyPairSync('rsa', { modulusLength: bits, publicExponent })
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64');
const keys = [rsa(3072), rsa(3072), rsa(3072)];
const agent = (number: number, publicKey = keys[number] ?? '') => ({
  personId: samplePerson(40 + number),
  label: `agent ${number}`,
  agencyId: 'treasury',
  publicKey,
});
const subject = { threshold: 2, agents: [agent(0), agent(1), agent(2)] };
const [o1, o2] = operators;
const admitted = accept(sampleAuthority, 'agency-scope', SCOPE, o1, o2);
const activate = (authority: Authority, said: { readonly [key: string]: CanonicalValue }): Authority =>
  accept(authority, 'recovery-agents-activate', said);

describe('recovery agents', () => {
  it('are those of the last statement, and those before keep what was kept for them', () => {
    expect(activeRecoveryAgents(admitted)).toBeUndefined();
    const first = activate(admitted, subject);
    const second = activate(first, { ...subject, agents: [agent(1), agent(2)] });
    expect(activeRecoveryAgents(first)?.agents).toEqual(subject.agents);
    expect(activeRecoveryAgents(second)?.agents.map(({ label }) => label)).toEqual(['agent 1', 'agent 2']);
    expect([...second.recoveryAgents.values()].map(({ active }) => active)).toEqual([false, true]);
    expect([...second.recoveryAgents.keys()]).toEqual([first.headDigest, second.headDigest]);
  });

  it.each<[string, { readonly [key: string]: CanonicalValue }, string]>([
    ['one agent', { ...subject, agents: [agent(0)] }, 'bad-subject'],
    ['eight agents', { ...subject, agents: Array.from({ length: 8 }, (_, at) => agent(at, keys[0])) }, 'bad-subject'],
    ['a threshold of one', { ...subject, threshold: 1 }, 'bad-subject'],
    ['a threshold of three', { ...subject, threshold: 3 }, 'bad-subject'],
    [
      'one person twice',
      { ...subject, agents: [agent(0), { ...agent(1), personId: samplePerson(40) }] },
      'agents-not-different',
    ],
    ['one key twice', { ...subject, agents: [agent(0), agent(1, keys[0])] }, 'agents-not-different'],
    ['a short key', { ...subject, agents: [agent(0), agent(1, rsa(2048))] }, 'bad-key'],
    ['an odd exponent', { ...subject, agents: [agent(0), agent(1, rsa(3072, 3))] }, 'bad-key'],
    ['a key for signing', { ...subject, agents: [agent(0), agent(1, ecKey())] }, 'bad-key'],
    ['no key', { ...subject, agents: [agent(0), agent(1, 'AAAA')] }, 'bad-key'],
    [
      'somebody without an agency',
      { ...subject, agents: [agent(0), { ...agent(1), agencyId: 'x' }] },
      'agency-unknown',
    ],
    ['nobody', { ...subject, agents: [agent(0), { ...agent(1), personId: 'x' }] }, 'bad-subject'],
    ['what is not known', { ...subject, since: 1 }, 'bad-subject'],
  ])('are never %s', (_name, said, code) => {
    expect(codeOf(() => activate(admitted, said))).toBe(code);
  });

  it('are named by administrators', () => {
    expect(codeOf(() => accept(admitted, 'recovery-agents-activate', subject, o1, o2))).toBe('not-enough-signatures');
  });
});

function ecKey(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}
