import { describe, expect, it } from 'vitest';
import { type CanonicalValue, canonicalBytes } from './canonical-json.ts';
import { statementDigest } from './digest.ts';
import { MAX_STATEMENT_OCTETS, readStatement, type Statement, writeStatement } from './statement.ts';

const sample: Statement = {
  v: 1,
  instance: '3f0c9a52-0000-4000-8000-000000000000',
  kind: 'role-grant',
  seq: 7,
  prev: 'ab'.repeat(48),
  subject: { personId: 'x', role: 'operator' },
  notBefore: 1_790_000_000,
  notAfter: 1_790_003_600,
  nonce: 'nonce-nonce-nonce',
};

describe('a statement', () => {
  it('is read as it was written', () => {
    const written = writeStatement(sample);
    const read = readStatement(written.bytes);
    expect(read).toEqual(written);
    expect(read.digest.toHex()).toBe(statementDigest('role-grant', written.bytes).toHex());
  });

  it('need not stand in the chain', () => {
    const { seq: _seq, prev: _prev, ...alone } = sample;
    expect(readStatement(writeStatement(alone).bytes).statement).toEqual(alone);
  });

  const without = (...names: (keyof Statement)[]): Record<string, unknown> =>
    Object.fromEntries(Object.entries(sample).filter(([name]) => !names.includes(name as keyof Statement)));

  it.each<[string, unknown, string]>([
    ['a list', [sample], 'a statement is an object'],
    ['null', null, 'a statement is an object'],
    ['an unknown member', { ...sample, quorum: 0 }, 'unknown member quorum'],
    ['a member called __proto__', { ...sample, ['__proto__']: 1 }, 'unknown member __proto__'],
    ['another version', { ...sample, v: 2 }, 'unknown version'],
    ['no version', without('v'), 'unknown version'],
    ['no instance', without('instance'), 'text expected'],
    ['a kind that is no text', { ...sample, kind: 1 }, 'text expected'],
    ['a kind in capitals', { ...sample, kind: 'Role-grant' }, 'bad kind'],
    ['a kind with a slash', { ...sample, kind: 'order/v1' }, 'bad kind'],
    ['a kind with a zero octet', { ...sample, kind: 'order\0' }, 'bad kind'],
    ['a short nonce', { ...sample, nonce: 'short' }, 'nonce is too short'],
    ['no times', without('notAfter'), 'times expected'],
    ['a time as text', { ...sample, notBefore: '1' }, 'times expected'],
    ['no subject', without('subject'), 'subject expected'],
    ['a subject that is a list', { ...sample, subject: [] }, 'subject expected'],
    ['a place without the one before', without('prev'), 'seq and prev go together'],
    ['the one before without a place', without('seq'), 'seq and prev go together'],
    ['a negative place', { ...sample, seq: -1 }, 'bad seq'],
    ['a place that is null', { ...sample, seq: null }, 'bad seq'],
    ['the one before in capitals', { ...sample, prev: 'AB'.repeat(48) }, 'bad prev'],
    ['the one before cut short', { ...sample, prev: 'ab'.repeat(47) }, 'bad prev'],
  ])('is refused: %s', (_name, value, message) => {
    expect(() => readStatement(canonicalBytes(value))).toThrow(new TypeError(message));
  });

  it('is refused when it is not canonical or too large', () => {
    expect(() => readStatement(Buffer.from(JSON.stringify(sample)))).toThrow('not in canonical form');
    const subject: { [key: string]: CanonicalValue } = { text: 'x'.repeat(MAX_STATEMENT_OCTETS) };
    expect(() => readStatement(canonicalBytes({ ...sample, subject }))).toThrow('too large');
  });
});
