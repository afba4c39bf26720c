import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastWords } from './last-words.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const error = JSON.stringify({ level: 'error', message: 'failed', error: { message: 'listen EADDRINUSE' } });
const info = JSON.stringify({ level: 'info', message: 'closed' });

describe('lastWords', () => {
  it.each<[string, string, string | undefined]>([
    [
      'the newest error',
      `${JSON.stringify({ level: 'error', message: 'older' })}\n${error}\n${info}\n`,
      'failed: listen EADDRINUSE',
    ],
    [
      'an error of Node itself',
      `${info}\nfile:///x.ts:1\nSyntaxError: Unexpected token\n\nNode.js v26\n`,
      'SyntaxError: Unexpected token',
    ],
    ['nothing in a log without errors', `${info}\n`, undefined],
    ['nothing in an empty log', '', undefined],
  ])('gives %s', (_, text, want) => {
    const path = join(folder, 'x.log');
    writeFileSync(path, text);
    expect(lastWords(path)).toBe(want);
  });

  it('reads the end of a long log only, and survives a missing one', () => {
    const path = join(folder, 'x.log');
    writeFileSync(path, `${error}\n${`${info}\n`.repeat(2_000)}`);
    expect(lastWords(path)).toBeUndefined();
    expect(lastWords(join(folder, 'none'))).toBeUndefined();
  });
});
