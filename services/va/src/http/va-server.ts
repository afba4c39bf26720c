import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Refusal } from '@see/http/problem';
import type { Log } from '@see/process';
import type { Page } from './page.ts';
import { problemReply, type Reply, sendReply } from './reply.ts';
import { requestPath } from './request-path.ts';

export interface ServerDeps {
  /** Takes what begins with /ocsp, raw; returns whether it did. */
  readonly ocsp: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly pages: readonly Page[];
  readonly log: Log;
  /** Told of every page that was sent, for metrics. */
  readonly onSent: (status: number) => void;
  readonly limits?: Partial<ServerLimits>;
}

/** Milliseconds, and how many connections at once. */
export interface ServerLimits {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connections: number;
}

const LIMITS: ServerLimits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 20_000,
  connections: 4_096,
};

/**
 * The one HTTP server of va: OCSP on the raw handler, everything else as pages that are read only. Slow senders are cut
 * off; nothing depends on Host.
 */
export class VaServer {
  readonly #server: Server;
  readonly #deps: ServerDeps;
  #closing = false;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
    const limits = { ...LIMITS, ...deps.limits };
    this.#server = createServer(
      {
        headersTimeout: limits.headersTimeout,
        requestTimeout: limits.requestTimeout,
        keepAliveTimeout: limits.keepAliveTimeout,
        connectionsCheckingInterval: Math.min(1_000, limits.headersTimeout),
        maxHeaderSize: 16_384,
        noDelay: true,
      },
      (request, response) => {
        if (!deps.ocsp(request, response)) void this.#page(request, response);
      },
    );
    this.#server.maxConnections = limits.connections;
  }

  /** Whether the server lets go of its connections. */
  get closing(): boolean {
    return this.#closing;
  }

  /** Listens on the loopback address; port 0 takes any. Returns the port. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /** Takes no new connections, answers what is under way with `Connection: close`, and cuts off the rest in time. */
  async close(patience: number): Promise<void> {
    this.#closing = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const late = setTimeout(() => this.#server.closeAllConnections(), patience);
    await closed;
    clearTimeout(late);
  }

  async #page(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    let reply: Reply;
    try {
      reply = await this.#reply(request);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#deps.log('error', 'page failed', { requestId, error });
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal('internal', `Something went wrong on our side. Quote ${requestId} when you ask about it.`);
      reply = problemReply(refusal, requestId);
    }
    // A body that nobody reads would block the connection.
    const unread = !request.complete && request.method !== 'GET' && request.method !== 'HEAD';
    sendReply(request, response, reply, this.#closing || unread);
    this.#deps.onSent(response.statusCode);
  }

  async #reply(request: IncomingMessage): Promise<Reply> {
    const { path, query } = requestPath(request.url ?? '/');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new Refusal('method-not-allowed', 'This address takes GET and HEAD.', { headers: { allow: 'GET, HEAD' } });
    }
    for (const page of this.#deps.pages) {
      const reply = await page({ path, query, headers: request.headers });
      if (reply) return reply;
    }
    throw new Refusal('not-found', 'There is nothing at this address.');
  }
}
