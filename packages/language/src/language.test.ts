import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';

describe('languageOf', () => {
  it.each([
    ['nothing said', {}, 'en'],
    ['a choice', { cookie: 'see-session=x; see-language=mi' }, 'mi'],
    ['a choice against the browser', { cookie: 'see-language=en', 'accept-language': 'mi' }, 'en'],
    ['a choice that we do not have', { cookie: 'see-language=fr', 'accept-language': 'mi-NZ' }, 'mi'],
    ['a cookie with a longer name', { cookie: 'not-see-language=mi' }, 'en'],
    ['the browser’s first', { 'accept-language': 'mi-NZ,en;q=0.8' }, 'mi'],
    ['weights', { 'accept-language': 'mi;q=0.5, en-GB;q=0.9' }, 'en'],
    ['a refusal', { 'accept-language': 'mi;q=0, fr' }, 'en'],
    ['neither of ours', { 'accept-language': 'de, fr;q=0.5' }, 'en'],
    ['nonsense', { 'accept-language': ';;q=,,' }, 'en'],
  ])('%s', (_name, headers, want) => {
    expect(languageOf(headers)).toBe(want);
  });
});
