import { describe, expect, it } from 'vitest';
import { requestPath } from './request-path.ts';

describe('request path', () => {
  it.each([
    ['/crl/root.crl', '/crl/root.crl', ''],
    ['/certs/search.cgi?email=a%40b', '/certs/search.cgi', 'email=a%40b'],
    ['http://anything:80/cp', '/cp', ''],
    ['HTTP://anything', '/', ''],
    ['http://anything?x=1', '/', 'x=1'],
  ])('%s', (target, path, query) => expect(requestPath(target)).toEqual({ path, query }));

  it.each([
    ['', 'bad-path'],
    ['*', 'bad-path'],
    ['crl', 'bad-path'],
    ['/a/../b', 'bad-path'],
    ['/./b', 'bad-path'],
    ['/%2e%2e/b', 'bad-path'],
    ['/a%00', 'bad-path'],
    ['/a\\b', 'bad-path'],
    ['/a b', 'bad-path'],
    ['/é', 'bad-path'],
    [`/${'a'.repeat(4096)}`, 'uri-too-long'],
  ])('refuses %s', (target, code) => expect(() => requestPath(target)).toThrow(expect.objectContaining({ code })));
});
