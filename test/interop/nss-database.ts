import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { caIds } from './leaves.ts';
import { runWell } from './tool.ts';
import { world } from './world.ts';

/** A certificate database of NSS in a folder of its own that trusts the root for everything. Needs certutil and pk12util. */
export class NssDatabase {
  /** As the tools of NSS take it. */
  readonly name: string;

  private constructor(folder: string) {
    this.name = `sql:${folder}`;
  }

  /** Makes one; in `folder` when that is named, with other trust in the root when that is. */
  static async make(folder = mkdtempSync(join(world().folder, 'nss-')), trust = 'CT,C,C'): Promise<NssDatabase> {
    mkdirSync(folder, { recursive: true });
    const database = new NssDatabase(folder);
    await runWell('certutil', ['-N', '-d', database.name, '--empty-password']);
    await database.addCertificate('root', world().root, trust);
    return database;
  }

  /** Adds a certificate of a PEM file; without flags it is not trusted by itself. */
  async addCertificate(nickname: string, file: string, trust = ',,'): Promise<void> {
    await runWell('certutil', ['-A', '-d', this.name, '-n', nickname, '-t', trust, '-i', file]);
  }

  /** Adds the issuing CAs, and their CRLs and the root's when wanted. */
  async addCas({ crls }: { crls: boolean }): Promise<void> {
    const { ca, crl } = world();
    for (const id of caIds) await this.addCertificate(`ca-${id}`, ca(id));
    if (!crls) return;
    for (const id of ['root', ...caIds] as const) await runWell('crlutil', ['-I', '-d', this.name, '-i', crl(id)]);
  }

  /** Adds a key and its certificates by a PKCS#12 file of ours. */
  async addPkcs12(name: string): Promise<void> {
    const { at } = world();
    await runWell('pk12util', ['-i', at(`${name}.p12`), '-d', this.name, '-w', at(`${name}.p12.password`)]);
  }

  /** Adds `<name>.key` with `<name>.pem`, by a PKCS#12 file that the openssl command makes. */
  async addKey(name: string): Promise<void> {
    const { at } = world();
    const out = at(`${name}.made.p12`);
    const source = ['-in', at(`${name}.pem`), '-inkey', at(`${name}.key`), '-name', name];
    await runWell('openssl', ['pkcs12', '-export', ...source, '-passout', 'pass:see', '-out', out]);
    await runWell('pk12util', ['-i', out, '-d', this.name, '-W', 'see']);
  }
}
