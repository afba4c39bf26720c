import { closeSync } from 'node:fs';
import type { Account, ServiceName } from '@see/db';
import { type Instance, parseInstance } from './instance.ts';
import { readSecret, readSecretFile } from './secret-file.ts';
import { PASSPHRASE_FD } from './service-environment.ts';

/** What a service was told by its supervisor, read from the environment and checked. */
export interface ReceivedAssignment {
  readonly instance: Instance;
  readonly stateDir: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly passphrase?: Uint8Array;
  readonly account?: Account;
}

/**
 * Reads a service's environment and takes its secrets out of it, so that nothing started later inherits them. Reads the passphrase file, which is why it
 * comes before the privileges are dropped. Throws with the name of the variable that is wrong.
 */
export function receiveAssignment(service: ServiceName, environment: NodeJS.ProcessEnv): ReceivedAssignment {
  const take = (name: string): string => {
    const value = environment[name];
    delete environment[name];
    if (!value) throw new Error(`${name} is not set; services are started by "see up"`);
    return value;
  };
  const upper = service.toUpperCase();
  if (environment['SEE_SERVICE'] !== service) throw new Error(`SEE_SERVICE must be ${service}`);
  const databaseUrl = take(`SEE_DATABASE_URL_${upper}`);
  const passphrase = receivePassphrase(upper, environment);
  const account = environment['SEE_RUN_UID']
    ? { uid: accountNumber(take('SEE_RUN_UID')), gid: accountNumber(take('SEE_RUN_GID')) }
    : undefined;
  if (!account && process.getuid?.() === 0) throw new Error('a service never runs as root; SEE_RUN_UID is not set');
  return {
    instance: parseInstance(take('SEE_INSTANCE')),
    stateDir: take('SEE_STATE_DIR'),
    dataDir: take('SEE_DATA_DIR'),
    databaseUrl,
    ...(passphrase && { passphrase }),
    ...(account && { account }),
  };
}

function receivePassphrase(upper: string, environment: NodeJS.ProcessEnv): Uint8Array | undefined {
  const file = environment[`SEE_${upper}_PASSPHRASE_FILE`];
  if (file) return readSecretFile(file);
  const descriptor = environment[`SEE_${upper}_PASSPHRASE_FD`];
  if (!descriptor) return undefined;
  if (descriptor !== String(PASSPHRASE_FD)) throw new Error(`SEE_${upper}_PASSPHRASE_FD must be ${PASSPHRASE_FD}`);
  try {
    return readSecret(PASSPHRASE_FD, 'the passphrase');
  } finally {
    closeSync(PASSPHRASE_FD);
  }
}

function accountNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number === 0) throw new Error('SEE_RUN_UID and SEE_RUN_GID must be numbers above 0');
  return number;
}
