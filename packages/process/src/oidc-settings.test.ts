import { describe, expect, it } from 'vitest';
import { readOidcSettings } from './oidc-settings.ts';

const least = {
  SEE_OIDC_ISSUER: 'https://login.example.govt.nz',
  SEE_OIDC_CLIENT_ID: 'see',
  SEE_OIDC_ACR_VALUES: 'urn:mfa, urn:hardware',
};

describe('readOidcSettings', () => {
  it('has none without an issuer, and careful defaults with one', () => {
    expect(readOidcSettings({})).toBeUndefined();
    expect(readOidcSettings(least)).toEqual({
      issuer: 'https://login.example.govt.nz',
      clientId: 'see',
      clientSecretFile: undefined,
      acrValues: ['urn:mfa', 'urn:hardware'],
      maxAge: 600,
      name: 'login.example.govt.nz',
      algorithms: ['ES384', 'PS384', 'PS512', 'RS384', 'RS512'],
    });
    const more = { ...least, SEE_OIDC_ALGORITHMS: 'RS256', SEE_OIDC_MAX_AGE: '0', SEE_OIDC_NAME: 'Agency login' };
    expect(readOidcSettings(more)).toMatchObject({ algorithms: ['RS256'], maxAge: 0, name: 'Agency login' });
  });

  it.each([
    ['settings without an issuer', { SEE_OIDC_CLIENT_ID: 'see' }, 'SEE_OIDC_ISSUER is not'],
    ['plain http', { ...least, SEE_OIDC_ISSUER: 'http://localhost:9000' }, 'https'],
    ['no address', { ...least, SEE_OIDC_ISSUER: 'login.example.govt.nz' }, 'https'],
    ['an issuer with a query', { ...least, SEE_OIDC_ISSUER: 'https://login.example.govt.nz/?tenant=1' }, 'query'],
    ['no client', { ...least, SEE_OIDC_CLIENT_ID: '' }, 'SEE_OIDC_CLIENT_ID'],
    ['no acr values', { ...least, SEE_OIDC_ACR_VALUES: ' , ' }, 'more than a password'],
    ['a relative secret file', { ...least, SEE_OIDC_CLIENT_SECRET_FILE: 'secret' }, 'absolute'],
    ['an age that is none', { ...least, SEE_OIDC_MAX_AGE: 'ever' }, 'SEE_OIDC_MAX_AGE'],
    ['an age of days', { ...least, SEE_OIDC_MAX_AGE: '86400' }, 'SEE_OIDC_MAX_AGE'],
    ['no signature', { ...least, SEE_OIDC_ALGORITHMS: 'none' }, 'SEE_OIDC_ALGORITHMS'],
    ['a shared secret', { ...least, SEE_OIDC_ALGORITHMS: 'ES384 HS256' }, 'SEE_OIDC_ALGORITHMS'],
  ])('refuses %s', (_name, environment, message) => {
    expect(() => readOidcSettings(environment as Record<string, string>)).toThrow(message);
  });
});
