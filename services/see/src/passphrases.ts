import { existsSync } from 'node:fs';
import type { ServiceName } from '@see/db';
import { type Configuration, evaluationPassphraseFile, type Instance, type Layout } from '@see/process';
import { askSecret } from './ask-secret.ts';

/** The services whose keys are sealed. */
const SEALED: readonly ServiceName[] = ['signer', 'va', 'worker'];

/** Where a service gets its passphrase from: a file that it opens itself, or what an operator typed, handed over through a pipe. */
export type Passphrase = { readonly file: string } | { readonly typed: Uint8Array };

/** A passphrase is needed and there is neither a file nor anybody to ask. */
export class PassphraseMissingError extends Error {
  override readonly name = 'PassphraseMissingError';
  readonly code = 'passphrase-missing';
}

/**
 * The passphrases of an instance's services: SEE_<SERVICE>_PASSPHRASE_FILE, the file that the evaluation preset made, or a question at the terminal. Never from the command
 * line or the environment itself. Throws {@link PassphraseMissingError} without a terminal.
 */
export async function collectPassphrases(
  instance: Instance,
  layout: Layout,
  configuration: Configuration,
  services: readonly ServiceName[],
): Promise<ReadonlyMap<ServiceName, Passphrase>> {
  const found = new Map<ServiceName, Passphrase>();
  for (const service of SEALED.filter((name) => services.includes(name))) {
    const file = configuration.passphraseFiles[service] ?? evaluationPassphraseFile(layout, service);
    if (existsSync(file) || configuration.passphraseFiles[service] !== undefined) {
      found.set(service, { file });
    } else if (process.stdin.isTTY) {
      found.set(service, { typed: await askSecret(`Passphrase of ${service}: `) });
    } else if (instance.preset === 'production') {
      throw new PassphraseMissingError(
        `the passphrase of ${service} is needed: set SEE_${service.toUpperCase()}_PASSPHRASE_FILE, or start at a terminal to be asked`,
      );
    }
  }
  return found;
}
