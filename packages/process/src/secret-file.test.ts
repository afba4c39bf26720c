import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecretFile } from './secret-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'see-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, 'secret');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

describe('readSecretFile', () => {
  it.each([
    ['a line', 'correct horse\n', 'correct horse'],
    ['a line of Windows', 'correct horse\r\n', 'correct horse'],
    ['no line end', 'correct horse', 'correct horse'],
    ['inner and leading space', ' a  b \n', ' a  b '],
    ['two line ends, of which one belongs to it', 'a\n\n', 'a\n'],
  ])('reads %s', (_, content, want) => {
    expect(new TextDecoder().decode(readSecretFile(write(content)))).toBe(want);
  });

  it('reads 4,096 bytes and not one more', () => {
    expect(readSecretFile(write('x'.repeat(4096)))).toHaveLength(4096);
    expect(() => readSecretFile(write('x'.repeat(4097)))).toThrow('larger');
  });

  it.each([0o640, 0o604, 0o644, 0o660])('refuses mode %o', (mode) => {
    expect(() => readSecretFile(write('secret', mode))).toThrow('0600');
  });

  it.each(['', '\n', '\r\n'])('refuses an empty one: %j', (content) => {
    expect(() => readSecretFile(write(content))).toThrow('empty');
  });

  it('refuses a symbolic link, a folder and a device', () => {
    write('secret');
    symlinkSync(join(folder, 'secret'), join(folder, 'link'));
    expect(() => readSecretFile(join(folder, 'link'))).toThrow('ELOOP');
    expect(() => readSecretFile(folder)).toThrow('regular file');
    expect(() => readSecretFile('/dev/null')).toThrow('regular file');
  });
});
