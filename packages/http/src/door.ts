import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';

/** By which way a request came in: plain http behind a proxy or on this machine, TLS, or TLS with a client certificate. */
export type Door = 'http' | 'https' | 'mtls';

const doors = new WeakMap<IncomingMessage, Exclude<Door, 'http'>>();

/** Notes by which door a request came, before it is routed. Only the listeners of this package do so. */
export function noteDoor(request: IncomingMessage, door: Exclude<Door, 'http'>): void {
  doors.set(request, door);
}

/** The door of a request, as its own listener knows it; no header has a say in it. */
export function doorOf(request: FastifyRequest): Door {
  return doors.get(request.raw) ?? 'http';
}

/**
 * The certificate that the client of the `mtls` door showed and has the key of, as DER; undefined when it showed none,
 * and on every other door. NOT checked: anything about it.
 */
export function clientCertificate(request: FastifyRequest): Uint8Array | undefined {
  if (doorOf(request) !== 'mtls') return undefined;
  const certificate = (request.raw.socket as TLSSocket).getPeerX509Certificate();
  return certificate && new Uint8Array(certificate.raw);
}
