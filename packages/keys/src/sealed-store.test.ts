import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SealedStore } from './sealed-store.ts';

const passphrase = Buffer.from('correct horse battery staple');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('sealed store', () => {
  it('gives back what was written, after opening it again', () => {
    SealedStore.create(folder, passphrase).write('anchor', Buffer.from('state'));
    const store = SealedStore.open(folder, passphrase);
    expect(Buffer.from(store.read('anchor')).toString()).toBe('state');
    expect(readFileSync(join(folder, 'anchor.sealed')).includes('state')).toBe(false);
  });

  it('does not open with another passphrase', () => {
    SealedStore.create(folder, passphrase);
    expect(() => SealedStore.open(folder, Buffer.from('wrong horse battery staple'))).toThrow(
      expect.objectContaining({ code: 'wrong-passphrase' }),
    );
  });

  it('refuses a short passphrase', () => {
    expect(() => SealedStore.create(folder, Buffer.from('short'))).toThrow(
      expect.objectContaining({ code: 'weak-passphrase' }),
    );
  });

  it('notices one changed bit and a swapped entry', () => {
    const store = SealedStore.create(folder, passphrase);
    store.write('one', Buffer.from('first'));
    store.write('two', Buffer.from('other'));
    const path = join(folder, 'one.sealed');
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(() => store.read('one')).toThrow(expect.objectContaining({ code: 'damaged' }));
    renameSync(join(folder, 'two.sealed'), path);
    expect(() => store.read('one')).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('makes the same MAC only with the same store and purpose', () => {
    const store = SealedStore.create(folder, passphrase);
    const mac = store.mac('verdict', Buffer.from('x'));
    expect(SealedStore.open(folder, passphrase).mac('verdict', Buffer.from('x'))).toEqual(mac);
    expect(store.mac('other', Buffer.from('x'))).not.toEqual(mac);
  });
});
