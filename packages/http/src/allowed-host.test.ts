import { describe, expect, it } from 'vitest';
import { judgeHost } from './allowed-host.ts';

const origins = ['https://portal.ssc.govt.nz', 'https://pki.ssc.govt.nz:8443'];

describe('judgeHost', () => {
  it.each([
    ['portal.ssc.govt.nz', 'serve'],
    ['PORTAL.ssc.govt.nz:443', 'serve'],
    ['pki.ssc.govt.nz:8443', 'serve'],
    ['localhost:8081', 'serve'],
    ['127.0.0.1:8081', 'redirect'],
    ['[::1]:8081', 'redirect'],
  ])('%s: %s', (host, want) => {
    expect(judgeHost(host, origins)).toBe(want);
  });

  it.each([
    'evil.test',
    'portal.ssc.govt.nz.evil.test',
    'localhost.evil.test',
    '',
    'a b',
    'portal.ssc.govt.nz@evil.test',
  ])('refuses %j', (host) => {
    expect(() => judgeHost(host, origins)).toThrow(/Use that address/);
  });
});
