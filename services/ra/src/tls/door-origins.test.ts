import { describe, expect, it } from 'vitest';
import { doorHosts, doorOrigins } from './door-origins.ts';

const ports = { va: 8080, portal: 8081, desk: 8082, tls: 8443, mtls: 8444 };
const local = { va: '', desk: '', tls: 'https://localhost:8443', mtls: 'https://localhost:8444' };

describe('doorOrigins', () => {
  it.each([
    [
      'on this machine',
      { ...local, portal: 'http://localhost:8081' },
      ['http://localhost:8081'],
      ['https://localhost:8443'],
      ['https://localhost:8444'],
      ['localhost'],
    ],
    [
      'with a portal behind 443 and nothing else sealed',
      { ...local, portal: 'https://pki.example.govt.nz' },
      ['https://pki.example.govt.nz'],
      ['https://pki.example.govt.nz:8443', 'https://localhost:8443', 'https://pki.example.govt.nz'],
      ['https://pki.example.govt.nz:8444', 'https://localhost:8444'],
      ['pki.example.govt.nz'],
    ],
    [
      'with a name of its own for each door',
      {
        ...local,
        portal: 'https://pki.example.govt.nz',
        tls: 'https://pki.example.govt.nz',
        mtls: 'https://staff.example.govt.nz',
      },
      ['https://pki.example.govt.nz'],
      ['https://pki.example.govt.nz', 'https://pki.example.govt.nz:8443'],
      ['https://staff.example.govt.nz', 'https://pki.example.govt.nz:8444'],
      ['pki.example.govt.nz', 'staff.example.govt.nz'],
    ],
  ])('%s', (_name, urls, http, https, mtls, hosts) => {
    const doors = doorOrigins({ urls, ports });
    expect(doors).toEqual({ http, https, mtls });
    expect(doorHosts(doors)).toEqual(hosts);
  });
});
