import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { ConfigurationError } from './configuration-error.ts';
import type { Instance } from './instance.ts';

/** How ra listens with TLS. */
export interface TlsSettings {
  /** The IP address that is listened on. */
  readonly address: string;
  /** A certificate with its chain, and its key, that come from elsewhere; absolute paths. */
  readonly files: { readonly certificate: string; readonly key: string } | undefined;
}

/**
 * Reads SEE_TLS_ADDRESS, SEE_TLS_CERTIFICATE and SEE_TLS_KEY. An evaluation instance, whose keys lie about, listens on this
 * machine only unless told otherwise; production on all addresses. Throws {@link ConfigurationError}. NOT checked: whether
 * the files can be read, since they may be replaced at any time.
 */
export function readTlsSettings(
  environment: Readonly<Record<string, string | undefined>>,
  preset: Instance['preset'],
): TlsSettings {
  const address = environment['SEE_TLS_ADDRESS'] || (preset === 'evaluation' ? '127.0.0.1' : '::');
  if (isIP(address) === 0) throw new ConfigurationError(`SEE_TLS_ADDRESS must be an IP address, it is "${address}"`);
  const certificate = environment['SEE_TLS_CERTIFICATE'];
  const key = environment['SEE_TLS_KEY'];
  if (!certificate && !key) return { address, files: undefined };
  if (!certificate || !key)
    throw new ConfigurationError('SEE_TLS_CERTIFICATE and SEE_TLS_KEY are set both or not at all');
  const relative = [certificate, key].find((path) => !isAbsolute(path));
  if (relative !== undefined)
    throw new ConfigurationError('SEE_TLS_CERTIFICATE and SEE_TLS_KEY are absolute paths, for services work elsewhere');
  return { address, files: { certificate, key } };
}
