import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Refusal } from './problem.ts';
import { parseStrictJson } from './strict-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function codeOf(input: Uint8Array): string {
  try {
    parseStrictJson(input);
    return 'accepted';
  } catch (error) {
    return error instanceof Refusal ? error.code : 'not a refusal';
  }
}

describe('parseStrictJson', () => {
  it.each([
    ['an object', '{"a":[1,true,null,"x"],"b":{"a":2}}', { a: [1, true, null, 'x'], b: { a: 2 } }],
    ['a name in a value', '{"a":"__proto__"}', { a: '__proto__' }],
    ['the same name in two objects', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['brackets in a text', '{"a":"}{][,\\""}', { a: '}{][,"' }],
    ['a byte order mark', '\ufeff{}', {}],
    ['line breaks and tabs in a text', '{"a":"1\\r\\n\\t2"}', { a: '1\r\n\t2' }],
  ])('reads %s', (_name, text, want) => {
    expect(parseStrictJson(bytes(text))).toEqual(want);
  });

  it.each([
    ['nothing', '', 'malformed-json'],
    ['white space', ' \n', 'malformed-json'],
    ['a trailing comma', '{"a":1,}', 'malformed-json'],
    ['an unfinished text', '{"a":"b', 'malformed-json'],
    ['two values', '{}{}', 'malformed-json'],
    ['NaN', '{"a":NaN}', 'malformed-json'],
    ['a comment', '{/*x*/}', 'malformed-json'],
    ['__proto__', '{"__proto__":{"role":"admin"}}', 'forbidden-member'],
    ['__proto__ spelt with an escape', '{"__\\u0070roto__":{}}', 'forbidden-member'],
    ['constructor, nested', '{"a":[{"constructor":{}}]}', 'forbidden-member'],
    ['prototype', '{"prototype":1}', 'forbidden-member'],
    ['a name twice', '{"role":"auditor","role":"administrator"}', 'duplicate-member'],
    ['a name twice, spelt differently', '{"role":1,"r\\u006fle":2}', 'duplicate-member'],
    ['NUL in a text', '{"a":"x\\u0000y"}', 'malformed-text'],
    ['an escape character in a text', '{"a":"\\u001b[2J"}', 'malformed-text'],
    ['NUL in a name', '{"a\\u0000":1}', 'malformed-text'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'malformed-text'],
  ])('refuses %s', (_name, text, code) => {
    expect(codeOf(bytes(text))).toBe(code);
  });

  it('refuses what is not UTF-8', () => {
    expect(codeOf(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))).toBe('malformed-text');
    expect(codeOf(new Uint8Array(Buffer.from('{"a":1}', 'utf16le')))).not.toBe('accepted');
  });

  it('refuses deep nesting without recursion, in bounded time', () => {
    const started = performance.now();
    expect(codeOf(bytes('['.repeat(100_000)))).toBe('malformed-json');
    expect(codeOf(bytes('{"a":'.repeat(50_000)))).toBe('malformed-json');
    expect(performance.now() - started).toBeLessThan(500);
  });

  const sample = '../shared/hostile/json-proto.json';
  if (!existsSync(sample)) console.warn('SKIPPED: the hostile samples are not beside the project');
  it.skipIf(!existsSync(sample))('refuses the hostile sample and pollutes nothing', () => {
    expect(codeOf(readFileSync(sample))).toBe('forbidden-member');
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });
});
