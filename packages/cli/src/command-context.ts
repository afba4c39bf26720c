import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refused } from '@see/domain';
import { type Instance, readInstance, readSecretFile } from '@see/process';
import type { Command } from 'commander';
import { ApiClient } from './api-client.ts';
import { readClientIdentity } from './client-identity.ts';
import { instanceRoot } from './instance-root.ts';

/** What every command gets from the outside. */
export interface CommandSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly out: (text: string) => void;
  readonly isTerminal: boolean;
  /** URL of the owner's login of the running local instance; throws when it does not run. */
  readonly ownerUrl: () => Promise<string>;
}

/** A local instance's facts and folder; only its own machine has them. */
export interface LocalInstance {
  readonly dataDir: string;
  readonly instance: Instance;
}

/** Finds the service and the token, and prints results: as text, or as JSON with `--json`. */
export class CommandContext {
  readonly surroundings: CommandSurroundings;

  constructor(surroundings: CommandSurroundings) {
    this.surroundings = surroundings;
  }

  get dataDir(): string {
    return resolve(this.surroundings.workingFolder, this.surroundings.environment['SEE_DATA_DIR'] || 'var');
  }

  /** The local instance; throws RefusedError `no-instance`. */
  local(): LocalInstance {
    const instance = readInstance(this.dataDir);
    if (!instance)
      throw refused('no-instance', `there is no instance in ${this.dataDir}`, {
        remedy: 'see start makes one; SEE_DATA_DIR names another folder',
      });
    return { dataDir: this.dataDir, instance };
  }

  /**
   * The REST API. The service is SEE_URL or the local instance's. Who runs the command is known by the client certificate
   * that SEE_CLIENT_CERTIFICATE and SEE_CLIENT_KEY or SEE_CLIENT_PKCS12 name, in the role SEE_ROLE; or by the token in
   * SEE_TOKEN or SEE_TOKEN_FILE or, for an evaluation instance, the generated one of `role`.
   */
  api(role = 'operator1'): ApiClient {
    const { environment } = this.surroundings;
    const identity = readClientIdentity(environment);
    const face = identity ? 'mtls' : 'portal';
    const url = environment['SEE_URL'] || this.local().instance.urls[face];
    const tls = { roots: () => this.#roots(), identity };
    return identity
      ? new ApiClient(url, undefined, { tls, role: environment['SEE_ROLE'] })
      : new ApiClient(url, this.#token(role), { tls });
  }

  /** Roots to verify the service by: SEE_CA_FILE, else the local instance's own where there is one. */
  async #roots(): Promise<readonly string[]> {
    const file = this.surroundings.environment['SEE_CA_FILE'];
    if (file) return [readFileSync(file, 'utf8')];
    const instance = readInstance(this.dataDir);
    const root = instance && (await instanceRoot(instance));
    return root === undefined ? [] : [root];
  }

  /** The public validation authority. */
  vaUrl(): string {
    return this.local().instance.urls.va;
  }

  #token(role: string): string | undefined {
    const { environment } = this.surroundings;
    if (environment['SEE_TOKEN']) return environment['SEE_TOKEN'];
    if (environment['SEE_TOKEN_FILE'])
      return Buffer.from(readSecretFile(environment['SEE_TOKEN_FILE'])).toString('utf8');
    const generated = join(this.dataDir, 'evaluation', `${role}.token`);
    return existsSync(generated) ? readFileSync(generated, 'utf8').trim() : undefined;
  }

  /** Prints a result: the value as JSON when asked for, else the text. */
  print(command: Command, value: unknown, text: string): void {
    const json = (command.optsWithGlobals() as { json?: boolean }).json === true;
    this.surroundings.out(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
  }
}

/** A passphrase from a file that only its owner may read; undefined when no file was named. */
export function passphraseFrom(file: string | undefined): Uint8Array | undefined {
  return file === undefined ? undefined : readSecretFile(file);
}
