import { describe, expect, it } from 'vitest';
import { type ReadinessFacts, readiness } from './readiness.ts';

const now = new Date('2026-11-22T00:00:00Z');
const later = new Date('2026-11-23T00:00:00Z');
const fine: ReadinessFacts = {
  loaded: true,
  listening: true,
  cas: ['gateway'],
  hasDelegate: () => true,
  crlUntil: () => later,
  lists: () => [{ scope: 'delta', until: later }],
  unexamined: 0,
  knownAt: now,
};

describe('readiness', () => {
  it('has nothing to say when all is there', () => {
    expect(readiness(fine, now)).toEqual({ missing: [], degraded: [] });
  });

  it.each<[string, Partial<ReadinessFacts>, keyof ReturnType<typeof readiness>, RegExp]>([
    ['no CA', { cas: [] }, 'missing', /CA certificates/],
    ['not loaded', { loaded: false }, 'missing', /not loaded/],
    ['no delegate', { hasDelegate: () => false }, 'missing', /gateway has no certified responder key/],
    ['no CRL', { crlUntil: (ca) => (ca === 'root' ? later : undefined) }, 'missing', /gateway has no CRL/],
    ['expired CRL', { crlUntil: (ca) => (ca === 'root' ? later : now) }, 'missing', /CRL of gateway has expired/],
    ['expired root CRL', { crlUntil: (ca) => (ca === 'root' ? now : later) }, 'degraded', /root/],
    ['no delta', { lists: () => [{ scope: 'delta', until: undefined }] }, 'degraded', /CRLs of gateway.*: delta$/],
    [
      'expired parts',
      { lists: () => [0, 1, 2, 3].map((index) => ({ scope: `4-${index}`, until: now })) },
      'degraded',
      /CRLs of gateway.*: 4 lists$/,
    ],
    ['no database', { listening: false }, 'degraded', /from memory/],
    ['out of date', { knownAt: new Date('2026-11-21T12:00:00Z') }, 'missing', /known up to 2026-11-21/],
    ['unexamined', { unexamined: 7 }, 'degraded', /7 certificates/],
  ])('%s', (_, facts, where, line) => {
    const found = readiness({ ...fine, ...facts }, now);
    expect(found[where].join('\n')).toMatch(line);
  });
});
