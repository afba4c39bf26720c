import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isNotModified } from './reply.ts';

const reply = { etag: 'abc', lastModified: Date.parse('2026-11-22T01:00:00.500Z') };
const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

describe('conditions (RFC 9110 13)', () => {
  it.each([
    [{}, false],
    [{ 'if-none-match': '"abc"' }, true],
    [{ 'if-none-match': 'W/"abc"' }, true],
    [{ 'if-none-match': '"x", "abc"' }, true],
    [{ 'if-none-match': '*' }, true],
    [{ 'if-none-match': 'abc' }, false],
    [{ 'if-none-match': '"x"', 'if-modified-since': 'Sun, 22 Nov 2026 01:00:00 GMT' }, false],
    [{ 'if-modified-since': 'Sun, 22 Nov 2026 01:00:00 GMT' }, true],
    [{ 'if-modified-since': 'Sun, 22 Nov 2026 00:59:59 GMT' }, false],
    [{ 'if-modified-since': 'yesterday' }, false],
  ])('%j', (headers, expected) =>
    expect(isNotModified(request(headers as Record<string, string>), reply)).toBe(expected),
  );
});
