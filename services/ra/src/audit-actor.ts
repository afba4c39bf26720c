import { createHash } from 'node:crypto';
import type { AuditActor } from '@see/db';
import { type Actor, clientCertificate } from '@see/http';
import type { FastifyRequest } from 'fastify';
import { feedOf } from './operations/hr-feed/authenticate-feed.ts';

/**
 * Who did something, for the audit trail: the actor that the server established, the socket's address, and the client
 * certificate that was shown, whether or not it was accepted.
 */
export function auditActor(request: FastifyRequest, method?: string): AuditActor {
  const { actor } = request;
  const feed = feedOf(request);
  const address = request.socket.remoteAddress;
  const shown = clientCertificate(request);
  return {
    ...(actor ? describe(actor) : feed ? { feed: feed.id, method: feed.kind } : { process: 'ra' }),
    ...(method === undefined ? {} : { method }),
    ...(shown ? { certificate: createHash('sha256').update(shown).digest('hex') } : {}),
    ...(address === undefined ? {} : { address }),
  };
}

/** The socket's address of a request. Headers of proxies are never read. */
export function addressOf(request: FastifyRequest): string {
  return request.socket.remoteAddress ?? 'unknown';
}

function describe(actor: Actor): AuditActor {
  return { personId: actor.personId, role: actor.role, method: actor.method };
}
