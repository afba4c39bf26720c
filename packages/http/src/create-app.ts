import { randomUUID } from 'node:crypto';
import fastify, { type FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { answerClientError } from './client-error.ts';
import { CONNECTION_LIMITS } from './connection-limits.ts';
import { rememberMethods } from './method-not-allowed.ts';
import { type Problem, problemOf, Refusal } from './problem.ts';
import { enableRateLimits } from './rate-limit.ts';
import { refusalOfError } from './refusal-of-error.ts';
import { checkedPath } from './request-address.ts';
import { checkHeaders } from './request-headers.ts';
import { requireRouteAccess } from './route-access.ts';
import { securityHeaders } from './security-headers.ts';
import { type ProblemPage, sendProblem } from './send-problem.ts';
import { parseStrictJson } from './strict-json.ts';

export type LogLevel = 'info' | 'warn' | 'error';

export interface AppOptions {
  readonly log: (level: LogLevel, message: string, fields: Record<string, unknown>) => void;
  /** Whether clients reach the service by https only; decides about HSTS. */
  readonly https: boolean;
  /** Octets of the largest body; routes may set less or more for themselves. 128 KiB by default. */
  readonly bodyLimit?: number;
  /** Draws errors for people; without it every error is problem+json. */
  readonly problemPage?: ProblemPage;
  /**
   * Called once for every refusal, after it was sent: the place to write the audit event. `cause` is the refusal's own
   * and was not sent. Must not throw.
   */
  readonly onRefusal?: (problem: Problem, request: FastifyRequest, cause: unknown) => void;
  /** Recognises errors of the adapters below (a database that refuses) and says them in the catalogue's words. */
  readonly recognise?: (error: unknown) => Refusal | undefined;
  /** Trusted Types policies of our own scripts. */
  readonly trustedTypes?: readonly string[];
  /** Milliseconds until the headers, and until the whole request, must have arrived. */
  readonly headersTimeout?: number;
  readonly requestTimeout?: number;
}

/**
 * Makes an app that refuses by default. Input is never coerced, completed or trimmed: unknown members, other types and
 * other media types are errors that name the place. `Host` and forwarding headers are never trusted. Headers must
 * arrive within 10 s and the whole request within 30 s. Every route must name its operation and who may use it, or the
 * app does not start. Each answer carries X-Request-Id, made here and never taken from the client.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const app: App = fastify({
    logger: false,
    trustProxy: false,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    bodyLimit: options.bodyLimit ?? 131_072,
    requestTimeout: options.requestTimeout ?? CONNECTION_LIMITS.requestTimeout,
    keepAliveTimeout: CONNECTION_LIMITS.keepAliveTimeout,
    forceCloseConnections: 'idle',
    http: {
      headersTimeout: options.headersTimeout ?? CONNECTION_LIMITS.headersTimeout,
      connectionsCheckingInterval: CONNECTION_LIMITS.connectionsCheckingInterval,
      maxHeaderSize: CONNECTION_LIMITS.maxHeaderSize,
      insecureHTTPParser: false,
    },
    routerOptions: { maxParamLength: 2_048 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true } },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, randomUUID()),
    frameworkErrors: (error, request, reply) => {
      const refusal = refusalOfError(error) ?? new Refusal('malformed-request', 'The request cannot be read.');
      options.onRefusal?.(problemOf(refusal, request.id), request as unknown as FastifyRequest, refusal.cause);
      void sendProblem(refusal, request as unknown as FastifyRequest, reply as never, options.problemPage);
    },
  });
  app.server.maxConnections = CONNECTION_LIMITS.maxConnections;
  app.decorateRequest('actor', null);

  const methodsOf = rememberMethods(app);
  installErrors(app, options, methodsOf);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseStrictJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  await securityHeaders(app, { https: options.https, trustedTypes: options.trustedTypes ?? [] });
  await enableRateLimits(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    checkedPath(request.url);
    checkHeaders(request.raw);
  });
  app.addHook('onResponse', async (request, reply) => {
    options.log('info', 'request', {
      requestId: request.id,
      operation: request.routeOptions.config.operation ?? null,
      method: request.method,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      address: request.socket.remoteAddress ?? null,
      actor: request.actor?.personId ?? null,
    });
  });
  requireRouteAccess(app);
  return app;
}

function installErrors(app: App, options: AppOptions, methodsOf: (path: string) => readonly string[]): void {
  app.setErrorHandler((error, request, reply) => {
    let refusal = refusalOfError(error) ?? options.recognise?.(error);
    if (!refusal) {
      options.log('error', 'request failed', { requestId: request.id, error: causeOf(error) });
      refusal = new Refusal(
        'internal',
        `Something went wrong on our side; nothing was done by halves. Quote ${request.id} when you ask about it.`,
      );
    }
    options.onRefusal?.(problemOf(refusal, request.id), request, refusal.cause);
    return sendProblem(refusal, request, reply, options.problemPage);
  });
  app.setNotFoundHandler((request) => {
    const methods = methodsOf(checkedPath(request.url));
    if (methods.length === 0) throw new Refusal('not-found', 'There is nothing at this address.');
    throw new Refusal('method-not-allowed', `This address takes ${methods.join(', ')}.`, {
      headers: { allow: methods.join(', ') },
    });
  });
}

function causeOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
