import { describe, expect, it } from 'vitest';
import { matchesVerifier, scramVerifier } from './scram-verifier.ts';

// RFC 7677 section 3: user "user", password "pencil"; StoredKey and ServerKey as its exchange implies.
const salt = Uint8Array.fromBase64('W22ZaJ0SNY7soEsUEjb6gQ==');
const verifier =
  'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=';

describe('scramVerifier', () => {
  it('gives the keys of the RFC 7677 example', () => {
    expect(scramVerifier('pencil', salt)).toBe(verifier);
  });

  it('uses a new salt each time', () => {
    expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
  });

  it.each(['', 'two words', 'pässword', 'tab\t'])('refuses %j, which would need SASLprep', (password) => {
    expect(() => scramVerifier(password)).toThrow(RangeError);
  });
});

describe('matchesVerifier', () => {
  it('knows its own password', () => {
    expect(matchesVerifier('pencil', verifier)).toBe(true);
    expect(matchesVerifier('secret', scramVerifier('secret'))).toBe(true);
  });

  it.each([
    ['another password', 'pencil2', verifier],
    ['no verifier', 'pencil', null],
    ['an MD5 hash', 'pencil', 'md5d41d8cd98f00b204e9800998ecf8427e'],
    ['a shortened verifier', 'pencil', verifier.slice(0, -4)],
  ])('says no for %s', (_, password, stored) => {
    expect(matchesVerifier(password, stored)).toBe(false);
  });
});
