import type { AuditActor } from '@see/db';
import type { Actor } from '@see/http';
import type { FastifyRequest } from 'fastify';

/** Who did something, for the audit trail: the actor that the server established and the socket's address. */
export function auditActor(request: FastifyRequest, method?: string): AuditActor {
  const { actor } = request;
  const address = request.socket.remoteAddress;
  return {
    ...(actor ? describe(actor) : { process: 'ra' }),
    ...(method === undefined ? {} : { method }),
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
