import { readdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CrlScope } from '@see/issuance/crl-scope';
import { readScope } from './crl-list.ts';

/** The last good CRLs as files: `<ca>.crl`, `<ca>-delta.crl`, `<ca>-<count>-<index>.crl`. */
export class CrlFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The scopes of which there is a file of a CA, the full list first. */
  scopes(ca: string): CrlScope[] {
    const found = readdirSync(this.#folder).flatMap((name): CrlScope[] => {
      const [, owner, text] = NAME.exec(name) ?? [];
      const scope = owner === ca ? readScope(text ?? 'full') : undefined;
      return scope ? [scope] : [];
    });
    return found.toSorted((one, other) => Number(other === 'full') - Number(one === 'full'));
  }

  read(ca: string, scope: CrlScope): Uint8Array {
    return new Uint8Array(readFileSync(this.#path(ca, scope)));
  }

  /** Durable when it resolves; the old file stays until then. Of one list, one is written at a time. */
  async write(ca: string, scope: CrlScope, der: Uint8Array): Promise<void> {
    const path = this.#path(ca, scope);
    const aside = `${path}.new`;
    const file = await open(aside, 'w', 0o600);
    try {
      await file.writeFile(der);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #path(ca: string, scope: CrlScope): string {
    return join(this.#folder, scope === 'full' ? `${ca}.crl` : `${ca}-${scope}.crl`);
  }
}

const NAME = /^([a-z]{1,20})(?:-([a-z0-9-]{1,12}))?\.crl$/;
