import { X509Certificate } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { SiteSeen } from '@see/db/worker';

export interface ObserveOptions {
  readonly host: string;
  readonly port: number;
  /** How names become addresses; the system's unless given. */
  readonly lookup?: LookupFunction;
  /** Milliseconds until it is given up; 10,000 unless given. */
  readonly timeout?: number;
}

/**
 * Shakes hands with a site and reads the certificate that it shows, as it is: whether it is trusted, revoked or for this
 * name is not asked. Nothing is sent over the connection. Never throws; what went wrong is in the answer.
 */
export async function observeSite({ host, port, lookup, timeout = 10_000 }: ObserveOptions): Promise<SiteSeen> {
  const { promise, resolve } = Promise.withResolvers<SiteSeen>();
  let socket: TLSSocket;
  try {
    // The certificate is read, not relied upon.
    const options = { host, port, servername: host, rejectUnauthorized: false, ...(lookup ? { lookup } : {}) };
    socket = connect(options, () => resolve(seenOf(socket.getPeerX509Certificate())));
  } catch (error) {
    return { fault: textOf(error) };
  }
  socket.setTimeout(timeout, () => resolve({ fault: `no answer within ${timeout / 1000} seconds` }));
  socket.on('error', (error) => resolve({ fault: textOf(error) }));
  socket.on('close', () => resolve({ fault: 'the connection was closed' }));
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

function seenOf(certificate: X509Certificate | undefined): SiteSeen {
  if (!certificate) return { fault: 'the site showed no certificate' };
  const { raw, issuer, validToDate } = certificate;
  return {
    sha256: new Uint8Array(Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex')),
    issuer: new X509Certificate(raw).issuer.length > 0 ? issuer.split('\n').join(', ') : 'nobody',
    notAfter: validToDate,
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
