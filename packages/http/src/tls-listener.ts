import { constants, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { App } from './app.ts';
import { answerClientError } from './client-error.ts';
import { CONNECTION_LIMITS } from './connection-limits.ts';
import { type Door, noteDoor } from './door.ts';
import { handshakeSignatures, TLS_SUITES } from './tls-suites.ts';

/** What a server shows of itself. */
export interface ServerIdentity {
  /** PKCS#8 as PEM. */
  readonly key: string;
  /** The certificate and those above it but the root, as PEM. */
  readonly chain: string;
  /** Whether another CA than ours issued it: then weaker handshake signatures are taken (see `handshakeSignatures`). */
  readonly foreign: boolean;
}

export interface TlsListenerOptions {
  readonly door: Exclude<Door, 'http'>;
  readonly address: string;
  readonly port: number;
  readonly identity: ServerIdentity;
  /** Certificates of the CAs whose certificates clients are asked for, as PEM; used at the `mtls` door alone. */
  readonly clientCas: readonly string[];
}

/**
 * Another listener of an app, with TLS. At the `mtls` door a client certificate is asked for, and the handshake goes on
 * without one or with any: the app answers in words what an alert could not say. So whoever calls must look at
 * `clientCertificate` and believe nothing of it. Sessions are not resumed there: each connection proves the key anew.
 */
export class TlsListener {
  readonly #server: Server;
  readonly #options: TlsListenerOptions;

  private constructor(server: Server, options: TlsListenerOptions) {
    this.#server = server;
    this.#options = options;
  }

  /** Listens; rejects with the code of the system when it cannot (`EADDRINUSE`), or of OpenSSL when the identity cannot be used. */
  static async open(app: App, options: TlsListenerOptions): Promise<TlsListener> {
    await app.ready();
    const { door } = options;
    const server = createServer(
      {
        ...CONNECTION_LIMITS,
        insecureHTTPParser: false,
        ALPNProtocols: ['http/1.1'],
        requestCert: door === 'mtls',
        rejectUnauthorized: false,
        ...contextOf(options),
      },
      (request: IncomingMessage, response: ServerResponse) => {
        noteDoor(request, door);
        app.routing(request, response);
      },
    );
    server.maxConnections = CONNECTION_LIMITS.maxConnections;
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      // A handshake that failed has nobody who could read an answer.
      if (/^ERR_(?:SSL|TLS)/.test(error.code ?? '')) socket.destroy();
      else answerClientError(error, socket as never, randomUUID());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: options.address, port: options.port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return new TlsListener(server, options);
  }

  /** Takes up another identity for the connections from now on; those that are open keep theirs. Throws when it cannot be used. */
  renew(identity: ServerIdentity, clientCas: readonly string[]): void {
    this.#server.setSecureContext(contextOf({ ...this.#options, identity, clientCas }));
  }

  /** Takes no more connections, ends idle ones, and the others when they are done or after five seconds. */
  async close(): Promise<void> {
    const late = setTimeout(() => this.#server.closeAllConnections(), 5_000);
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeIdleConnections();
    });
    clearTimeout(late);
  }
}

function contextOf({ door, identity, clientCas }: TlsListenerOptions): ServerOptions {
  return {
    ...TLS_SUITES,
    sigalgs: handshakeSignatures(identity.foreign),
    key: identity.key,
    cert: identity.chain,
    // Without tickets nothing is resumed: Node keeps no sessions of its own unless it is asked to.
    ...(door === 'mtls' ? { secureOptions: constants.SSL_OP_NO_TICKET, ca: [...clientCas] } : {}),
  };
}
