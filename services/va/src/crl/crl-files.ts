import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CrlScope } from '@see/issuance';
import { durableWrite } from '@see/keys';
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

  /** Durable when it returns; the old file stays until then. */
  write(ca: string, scope: CrlScope, der: Uint8Array): void {
    durableWrite(this.#path(ca, scope), der);
  }

  #path(ca: string, scope: CrlScope): string {
    return join(this.#folder, scope === 'full' ? `${ca}.crl` : `${ca}-${scope}.crl`);
  }
}

const NAME = /^([a-z]{1,20})(?:-([a-z0-9-]{1,12}))?\.crl$/;
