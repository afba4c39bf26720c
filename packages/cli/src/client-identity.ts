import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { refused } from '@see/domain';
import { readSecretFile } from '@see/process';
import type { ClientIdentity } from './tls-transport.ts';

/**
 * The operator certificate that the environment names: SEE_CLIENT_CERTIFICATE and SEE_CLIENT_KEY (PEM), or
 * SEE_CLIENT_PKCS12, with SEE_CLIENT_PASSPHRASE_FILE where they are protected. Undefined when none is named. Throws
 * RefusedError `bad-client-certificate` when it cannot be used.
 */
export function readClientIdentity(
  environment: Readonly<Record<string, string | undefined>>,
): ClientIdentity | undefined {
  const certificate = environment['SEE_CLIENT_CERTIFICATE'];
  const key = environment['SEE_CLIENT_KEY'];
  const pkcs12 = environment['SEE_CLIENT_PKCS12'];
  if (!certificate && !key && !pkcs12) return undefined;
  if (pkcs12 ? certificate || key : !certificate || !key) {
    throw unusable('name SEE_CLIENT_CERTIFICATE and SEE_CLIENT_KEY together, or SEE_CLIENT_PKCS12 alone');
  }
  const passphraseFile = environment['SEE_CLIENT_PASSPHRASE_FILE'];
  const passphrase = passphraseFile ? Buffer.from(readSecretFile(passphraseFile)).toString('utf8') : undefined;
  const identity: ClientIdentity = {
    ...(certificate ? { certificate: read('SEE_CLIENT_CERTIFICATE', certificate).toString('utf8') } : {}),
    ...(key ? { key: read('SEE_CLIENT_KEY', key).toString('utf8') } : {}),
    ...(pkcs12 ? { pkcs12: read('SEE_CLIENT_PKCS12', pkcs12) } : {}),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
  try {
    createSecureContext({
      ...(identity.certificate ? { cert: identity.certificate } : {}),
      ...(identity.key ? { key: identity.key } : {}),
      ...(identity.pkcs12 ? { pfx: Buffer.from(identity.pkcs12) } : {}),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw unusable(`the client certificate or its key can not be used (${code})`);
  }
  return identity;
}

function read(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unusable(`${name} can not be read: ${(error as NodeJS.ErrnoException).code ?? 'error'}`);
  }
}

function unusable(message: string): Error {
  return refused('bad-client-certificate', message, {
    remedy: 'check the files, that the key is the certificate’s, and SEE_CLIENT_PASSPHRASE_FILE if it is protected',
  });
}
