import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crockford } from '@see/domain';

/** Makes a passphrase of 100 random bits and writes it to a file that only its owner may read. */
export function generatePassphraseFile(folder: string, name: string): Uint8Array {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const text = (crockford(randomBytes(15)).match(/.{4}/g) ?? []).join('-');
  writeFileSync(join(folder, `${name}.passphrase`), `${text}\n`, { mode: 0o600, flag: 'wx' });
  return Buffer.from(text);
}
