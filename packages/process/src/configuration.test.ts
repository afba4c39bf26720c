import { describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';

describe('readConfiguration', () => {
  it('has defaults for everything', () => {
    const configuration = readConfiguration({}, '/srv/see');
    expect(configuration).toEqual({
      dataDir: '/srv/see/var',
      ports: { va: 8080, portal: 8081, desk: 8082, tls: 8443, mtls: 8444 },
      givenPorts: {},
      urls: {
        va: 'http://localhost:8080',
        portal: 'http://localhost:8081',
        desk: 'http://localhost:8082',
        tls: 'https://localhost:8443',
        mtls: 'https://localhost:8444',
      },
      givenUrls: {},
      rpId: 'localhost',
      signIn: ['passkey', 'token', 'certificate', 'oidc'],
      database: { kind: 'embedded' },
      passphraseFiles: {},
    });
  });

  it('takes ports, public names and files from the environment', () => {
    const configuration = readConfiguration(
      {
        SEE_DATA_DIR: 'elsewhere',
        SEE_VA_PORT: '9080',
        SEE_DESK_URL: 'https://approve.pki.example.govt.nz/',
        SEE_SIGNER_PASSPHRASE_FILE: '/run/secrets/signer',
        SEE_SIGN_IN: ' token , certificate, passkey',
        SEE_DATABASE_URL: 'postgresql://owner@db/see',
        SEE_DATABASE_URL_VA: 'postgresql://see_va@replica/see',
      },
      '/srv/see',
    );
    expect(configuration.dataDir).toBe('/srv/see/elsewhere');
    expect(configuration.ports.va).toBe(9080);
    expect(configuration.givenPorts).toEqual({ va: 9080 });
    expect(configuration.urls.va).toBe('http://localhost:9080');
    expect(configuration.urls.desk).toBe('https://approve.pki.example.govt.nz');
    expect(configuration.rpId).toBe('approve.pki.example.govt.nz');
    expect(configuration.signIn).toEqual(['passkey', 'token', 'certificate']);
    expect(readConfiguration({ SEE_SIGN_IN: 'passkey' }, '/').signIn).toEqual(['passkey']);
    expect(configuration.passphraseFiles).toEqual({ signer: '/run/secrets/signer' });
    expect(configuration.database).toEqual({
      kind: 'external',
      ownerUrl: 'postgresql://owner@db/see',
      serviceUrls: { va: 'postgresql://see_va@replica/see' },
    });
  });

  it.each([
    ['a port of letters', { SEE_VA_PORT: 'http' }, 'SEE_VA_PORT'],
    ['port 0', { SEE_VA_PORT: '0' }, 'SEE_VA_PORT'],
    ['a port beyond 65535', { SEE_VA_PORT: '65536' }, 'SEE_VA_PORT'],
    ['a negative port', { SEE_VA_PORT: '-1' }, 'SEE_VA_PORT'],
    ['a port twice', { SEE_VA_PORT: '8081' }, 'used twice'],
    ['a URL with a path', { SEE_VA_URL: 'https://pki.example.govt.nz/va' }, 'SEE_VA_URL'],
    ['a URL of another scheme', { SEE_VA_URL: 'ftp://pki.example.govt.nz' }, 'SEE_VA_URL'],
    ['a URL with a user', { SEE_VA_URL: 'https://me@pki.example.govt.nz' }, 'SEE_VA_URL'],
    ['no URL', { SEE_VA_URL: 'pki.example.govt.nz' }, 'SEE_VA_URL'],
    ['a way to sign in that there is not', { SEE_SIGN_IN: 'passkey,password' }, 'password'],
    ['no way to sign in at all', { SEE_SIGN_IN: ',' }, 'SEE_SIGN_IN'],
    ['OpenID Connect without a provider', { SEE_SIGN_IN: 'oidc' }, 'SEE_OIDC_ISSUER'],
    ['TLS files that are half', { SEE_TLS_KEY: '/tls.key' }, 'SEE_TLS_CERTIFICATE'],
    ['another kind of database', { SEE_DATABASE_URL: 'mysql://db/see' }, 'SEE_DATABASE_URL'],
    ['a login without an owner', { SEE_DATABASE_URL_RA: 'postgresql://db/see' }, 'SEE_DATABASE_URL_RA'],
  ])('refuses %s', (_, environment, message) => {
    expect(() => readConfiguration(environment as Record<string, string>, '/')).toThrow(message);
  });

  it('never repeats a database URL in an error, since it contains a password', () => {
    const read = (): unknown => readConfiguration({ SEE_DATABASE_URL: 'mysql://owner:hunter2@db/see' }, '/');
    expect(read).toThrow();
    expect(read).not.toThrow(/hunter2/);
  });
});
