import { describe, expect, it } from 'vitest';
import { readTlsSettings } from './tls-settings.ts';

describe('readTlsSettings', () => {
  it('keeps an evaluation instance on this machine, and production open', () => {
    expect(readTlsSettings({}, 'evaluation')).toEqual({ address: '127.0.0.1', files: undefined });
    expect(readTlsSettings({}, 'production')).toEqual({ address: '::', files: undefined });
    expect(readTlsSettings({ SEE_TLS_ADDRESS: '0.0.0.0' }, 'evaluation').address).toBe('0.0.0.0');
  });

  it('takes a certificate and a key from elsewhere', () => {
    const environment = { SEE_TLS_CERTIFICATE: '/etc/see/tls.pem', SEE_TLS_KEY: '/etc/see/tls.key' };
    expect(readTlsSettings(environment, 'production').files).toEqual({
      certificate: '/etc/see/tls.pem',
      key: '/etc/see/tls.key',
    });
  });

  it.each([
    ['a host name', { SEE_TLS_ADDRESS: 'localhost' }, 'SEE_TLS_ADDRESS'],
    ['a certificate without a key', { SEE_TLS_CERTIFICATE: '/tls.pem' }, 'both or not at all'],
    ['a key without a certificate', { SEE_TLS_KEY: '/tls.key' }, 'both or not at all'],
    ['a relative path', { SEE_TLS_CERTIFICATE: 'tls.pem', SEE_TLS_KEY: '/tls.key' }, 'absolute'],
  ])('refuses %s', (_name, environment, message) => {
    expect(() => readTlsSettings(environment as Record<string, string>, 'production')).toThrow(message);
  });
});
