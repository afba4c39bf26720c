import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { Refusal } from './problem.ts';

export interface Rate {
  readonly max: number;
  /** Milliseconds in which `max` requests of one key are served. */
  readonly window: number;
  /** What is counted; the socket's address by default. Forwarding headers are never read. */
  readonly key?: (request: FastifyRequest) => string;
}

/** Makes limits available in an app. Nothing is limited until a limit is asked for. */
export async function enableRateLimits(app: App): Promise<void> {
  await app.register(rateLimit, { global: false, cache: 20_000 });
}

/** Counts one request and refuses it when its key has had enough, with Retry-After. State is this process's own. */
export type Limit = (request: FastifyRequest) => Promise<void>;

export function createLimit(app: App, rate: Rate): Limit {
  const count = app.createRateLimit({
    max: rate.max,
    timeWindow: rate.window,
    keyGenerator: rate.key ?? ((request) => request.socket.remoteAddress ?? 'unknown'),
  });
  return async (request) => {
    const result = await count(request);
    if (result.isAllowed || !result.isExceeded) return;
    throw new Refusal(
      'too-many-requests',
      `Too many attempts from here. Try again in ${result.ttlInSeconds} seconds.`,
      {
        headers: { 'retry-after': String(result.ttlInSeconds) },
        extensions: { retryAfter: result.ttlInSeconds },
      },
    );
  };
}
