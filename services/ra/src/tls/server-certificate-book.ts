import { readFileSync } from 'node:fs';
import type { Database } from '@see/db';
import { readServerCertificates, type ServerCertificateRow } from '@see/db/ra';
import { readSecretFile } from '@see/process';
import type { CaRegistry } from '../ca-registry.ts';
import { makeServerKey, readServerKeys, removeServerKey, type ServerKey, serverRequest } from './server-key.ts';
import { foreignIdentity, registryIdentity, type TlsIdentity } from './tls-identity.ts';

/** Certificate and key of a site that brings its own, as paths of PEM files that ra may read. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface ServerCertificateOptions {
  /** Where ra keeps its server keys; nobody else reads it. */
  readonly folder: string;
  readonly db: Database;
  readonly cas: CaRegistry;
  /** The host names under which the doors are reached, the first one the portal's. */
  readonly hosts: readonly string[];
  readonly files: TlsFiles | undefined;
  readonly now: () => Date;
}

/** A request for the next certificate, to be ordered like any other. */
export interface WaitingRequest {
  /** PKCS#10 as PEM. */
  readonly csr: string;
  /** SHA-256 of its public key, hex. */
  readonly spkiSha256: string;
}

/**
 * What ra's TLS doors show. Either files from elsewhere; or keys of ra's own, for which this instance issues certificates
 * by orders like all others: there is always one key that waits for its certificate, and the newest good certificate
 * of any of the keys is the one that counts. So nothing has to be installed, and a crash at any point loses nothing.
 */
export class ServerCertificateBook {
  readonly #options: ServerCertificateOptions;
  #identity: TlsIdentity | undefined;
  #waiting: WaitingRequest | undefined;
  #fault: string | undefined = 'It was not looked yet';
  #doors: { readonly https: boolean; readonly mtls: boolean } = { https: false, mtls: false };

  constructor(options: ServerCertificateOptions) {
    this.#options = options;
  }

  get hosts(): readonly string[] {
    return this.#options.hosts;
  }

  /** What to show; undefined when there is nothing that could be shown. */
  get identity(): TlsIdentity | undefined {
    return this.#identity;
  }

  /** What waits for an order; undefined with files. */
  get waiting(): WaitingRequest | undefined {
    return this.#waiting;
  }

  /** Why there is nothing to show, or why a door does not listen; undefined when all is well. */
  get fault(): string | undefined {
    return this.#fault;
  }

  get doors(): { readonly https: boolean; readonly mtls: boolean } {
    return this.#doors;
  }

  /** Says which doors listen, and what keeps one from it. */
  noteDoors(doors: { readonly https: boolean; readonly mtls: boolean }, fault: string | undefined): void {
    this.#doors = doors;
    if (fault !== undefined) this.#fault = fault;
  }

  /** Looks again at files, keys and the registry. Rejects when the database is away; then what was known stays. */
  async refresh(): Promise<void> {
    if (this.#options.files) this.#readFiles(this.#options.files);
    else await this.#readRegistry();
  }

  #readFiles(files: TlsFiles): void {
    try {
      const key = Buffer.from(readSecretFile(files.key)).toString('utf8');
      this.#identity = foreignIdentity(readFileSync(files.certificate, 'utf8'), key, this.#options.now());
      this.#fault = undefined;
    } catch (error) {
      this.#identity = undefined;
      this.#fault = error instanceof Error ? error.message : String(error);
    }
  }

  async #readRegistry(): Promise<void> {
    const { folder, db, cas, hosts, now } = this.#options;
    const keys = readServerKeys(folder);
    const rows = await readServerCertificates(
      db,
      keys.map(({ spkiSha256 }) => Uint8Array.fromHex(spkiSha256)),
    );
    const [ca] = cas.chain('tls');
    const good = ca ? rows.flatMap((row) => identityOf(keys, row, ca, hosts[0] ?? '', now())) : [];
    const [newest] = good.toSorted((one, other) => other.notBefore.getTime() - one.notBefore.getTime());
    this.#identity = newest;
    this.#fault = newest ? undefined : faultOf(rows, hosts[0] ?? '', now());
    this.#forgetKeys(keys, rows);
    const certified = new Set(rows.map(({ spkiSha256 }) => spkiSha256.toHex()));
    const next = keys.find(({ spkiSha256 }) => !certified.has(spkiSha256)) ?? makeServerKey(folder);
    if (this.#waiting?.spkiSha256 !== next.spkiSha256)
      this.#waiting = { csr: serverRequest(next, hosts), spkiSha256: next.spkiSha256 };
  }

  /** Removes keys of which no certificate can be used any more (GOV-40). */
  #forgetKeys(keys: readonly ServerKey[], rows: readonly ServerCertificateRow[]): void {
    const now = this.#options.now();
    for (const key of keys) {
      const own = rows.filter(({ spkiSha256 }) => spkiSha256.toHex() === key.spkiSha256);
      if (own.length > 0 && own.every((row) => row.revoked || row.notAfter < now))
        removeServerKey(this.#options.folder, key);
    }
  }
}

function identityOf(
  keys: readonly ServerKey[],
  row: ServerCertificateRow,
  ca: Uint8Array,
  host: string,
  now: Date,
): readonly TlsIdentity[] {
  const key = keys.find(({ spkiSha256 }) => spkiSha256 === row.spkiSha256.toHex());
  const identity = key && registryIdentity(key, row, ca, host, now);
  return identity ? [identity] : [];
}

function faultOf(rows: readonly ServerCertificateRow[], host: string, now: Date): string {
  const [row] = rows;
  if (!row) return 'There is no server certificate yet. Order one: see tls order';
  const serial = row.serial.toHex();
  if (row.revoked) return `The server certificate ${serial} is revoked. Order another one: see tls order`;
  if (row.notAfter < now)
    return `The server certificate ${serial} expired at ${row.notAfter.toISOString()}. Order another one: see tls order`;
  return `The server certificate ${serial} is for ${row.names.join(', ')} and cannot be used for ${host}. Order one for it: see tls order`;
}
