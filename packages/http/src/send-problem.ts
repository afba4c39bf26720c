import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, problemOf, type Refusal } from './problem.ts';

/** Draws an error for a person. Gets the problem that a program would get; must escape what it shows. */
export type ProblemPage = (problem: Problem, request: FastifyRequest) => string;

/**
 * Sends a refusal: as a page when the client asks for HTML outside `/api/` and there is a page renderer, otherwise as
 * `application/problem+json` (RFC 9457). The HTTP status is the one in the body. Never cached.
 */
export function sendProblem(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  page: ProblemPage | undefined,
): FastifyReply {
  const problem = problemOf(refusal, request.id);
  reply.code(problem.status).headers(refusal.headers).header('cache-control', 'no-store');
  if (problem.status === 401 && reply.getHeader('www-authenticate') === undefined) {
    reply.header('www-authenticate', 'Bearer realm="see-pki"');
  }
  if (page && asksForPage(request)) return reply.type('text/html; charset=utf-8').send(page(problem, request));
  return reply.type('application/problem+json').serializer(JSON.stringify).send(problem);
}

function asksForPage(request: FastifyRequest): boolean {
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');
}
