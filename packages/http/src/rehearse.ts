import type { App } from './app.ts';

/** A request of a rehearsal: what a client could send. */
export interface RehearsedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string;
}

/**
 * Plays requests against an app and closes it. Fastify and its plugins load parts of themselves when these are first
 * needed; after this they are loaded. A service that gives up root must do it before, because it can not read a
 * checkout under /root afterwards. The answers do not matter; only an app that can not be built throws.
 */
export async function rehearse(app: App, requests: readonly RehearsedRequest[]): Promise<void> {
  await app.ready();
  for (const request of requests) {
    await app.inject({ ...request, headers: { host: 'localhost', ...request.headers } });
  }
  await app.close();
}
