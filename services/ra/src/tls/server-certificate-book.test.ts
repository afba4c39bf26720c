import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@see/db';
import { afterAll, describe, expect, it } from 'vitest';
import { CaRegistry } from '../ca-registry.ts';
import { ServerCertificateBook } from './server-certificate-book.ts';
import { makeServerKey, readServerKeys, removeServerKey, serverRequest } from './server-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'see-tls-'));
const db = openDatabase('postgresql://nobody@127.0.0.1:1/none', { applicationName: 'see test', max: 1 });
afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

describe('server keys', () => {
  it('are found again by their names, and are gone when removed', () => {
    const keys = join(folder, 'keys');
    const [one, other] = [makeServerKey(keys), makeServerKey(keys)];
    expect(new Set(readServerKeys(keys).map(({ spkiSha256 }) => spkiSha256))).toEqual(
      new Set([one.spkiSha256, other.spkiSha256]),
    );
    expect(serverRequest(one, ['localhost'])).toContain('BEGIN CERTIFICATE REQUEST');
    removeServerKey(keys, one);
    expect(readServerKeys(keys).map(({ spkiSha256 }) => spkiSha256)).toEqual([other.spkiSha256]);
    writeFileSync(join(keys, `${'ab'.repeat(32)}.key`), other.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    expect(() => readServerKeys(keys)).toThrow('another key than its name says');
    writeFileSync(join(keys, `${'ab'.repeat(32)}.key`), 'nothing');
    expect(() => readServerKeys(keys)).toThrow('is no private key; remove it');
  });
});

describe('files from elsewhere', () => {
  const key = join(folder, 'tls.key');
  const certificate = join(folder, 'tls.pem');
  const book = new ServerCertificateBook({
    folder,
    db,
    cas: new CaRegistry(db),
    hosts: ['localhost'],
    files: { certificate, key },
    now: () => new Date(),
  });

  it('are missed by name, may not be read by others, and ask nothing of the database', async () => {
    await book.refresh();
    expect([book.identity, book.waiting]).toEqual([undefined, undefined]);
    expect(book.fault).toContain(key);
    file('tls.key', 'secret');
    chmodSync(key, 0o644);
    await book.refresh();
    expect(book.fault).toContain('set its mode to 0600');
    chmodSync(key, 0o600);
    file('tls.pem', 'nothing');
    await book.refresh();
    expect(book.fault).toBe('SEE_TLS_CERTIFICATE holds no certificate in PEM');
    expect(book.fault).not.toContain('secret');
  });
});
