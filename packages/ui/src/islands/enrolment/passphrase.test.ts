import { describe, expect, it } from 'vitest';
import { makePassphrase } from './passphrase.ts';

describe('makePassphrase', () => {
  it('has six groups of four unambiguous signs', () => {
    const made = makePassphrase((octets) => crypto.getRandomValues(octets));
    expect(made).toMatch(/^[a-hjkmnp-z2-9]{4}(?:-[a-hjkmnp-z2-9]{4}){5}$/);
  });

  it('throws away octets that would favour some signs, and asks for more', () => {
    let calls = 0;
    const made = makePassphrase((octets) => {
      calls += 1;
      octets.fill(calls === 1 ? 255 : 31);
    });
    expect(calls).toBe(2);
    expect(made).toBe('aaaa-aaaa-aaaa-aaaa-aaaa-aaaa');
  });

  it('uses every sign', () => {
    let next = 0;
    const all = makePassphrase((octets) => {
      for (let index = 0; index < octets.length; index += 1) octets[index] = next++ % 248;
    });
    expect(new Set(all.replaceAll('-', '')).size).toBe(24);
  });
});
