import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { durableWrite } from '@see/keys';
import type { TrustedCas } from './trusted-ca.ts';

const FILE = /^([a-z]{1,20})\.cer$/;

/** The CA certificates as they were last verified, so that a start without the database knows them. They are verified again. */
export class CaFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  read(): { id: string; certificate: Uint8Array }[] {
    return readdirSync(this.#folder).flatMap((name) => {
      const [, id] = FILE.exec(name) ?? [];
      return id === undefined ? [] : [{ id, certificate: new Uint8Array(readFileSync(join(this.#folder, name))) }];
    });
  }

  write(cas: TrustedCas): void {
    for (const ca of [cas.root, ...cas.issuing.values()])
      durableWrite(join(this.#folder, `${ca.id}.cer`), ca.certificate.der);
  }
}
