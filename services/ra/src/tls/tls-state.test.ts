import { describe, expect, it } from 'vitest';
import type { TlsIdentity } from './tls-identity.ts';
import { tlsState } from './tls-state.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const OPEN = { https: true, mtls: true };

function identity(days: number, source: TlsIdentity['source'] = 'registry'): TlsIdentity {
  const notAfter = new Date(NOW.getTime() + days * 86_400_000);
  return { key: '', chain: '', foreign: false, source, sha256: '', serial: '4f', names: [], notBefore: NOW, notAfter };
}

describe('tlsState', () => {
  it.each([
    ['good for long', { identity: identity(31), fault: undefined, doors: OPEN }, 'serving', 'is good until'],
    ['near its end', { identity: identity(29), fault: undefined, doors: OPEN }, 'ending', 'see tls order'],
    [
      'files near their end',
      { identity: identity(29, 'files'), fault: undefined, doors: OPEN },
      'ending',
      'Replace the files',
    ],
    [
      'none',
      { identity: undefined, fault: 'There is none', doors: { https: false, mtls: false } },
      'closed',
      'There is none',
    ],
    [
      'a port that is taken',
      { identity: identity(90), fault: 'Port 8444', doors: { https: true, mtls: false } },
      'closed',
      'Port 8444',
    ],
    [
      'doors that are about to open',
      { identity: identity(90), fault: undefined, doors: { https: false, mtls: false } },
      'closed',
      'being opened',
    ],
  ] as const)('%s', (_name, book, state, words) => {
    const said = tlsState(book, NOW);
    expect(said.state).toBe(state);
    expect(said.detail).toContain(words);
  });
});
