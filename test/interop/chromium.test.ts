import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { haveChromium, setPolicies, visit } from './chromium-visit.ts';
import { NssDatabase } from './nss-database.ts';
import { haveTool } from './tool.ts';
import { world } from './world.ts';

const available = haveTool('pk12util', 'apt-get install libnss3-tools') && haveChromium('client authentication');

/** What the server made of the client's certificate. */
interface Seen {
  readonly authorized: boolean;
  readonly error: string | null;
  readonly subject: string | null;
}

describe.skipIf(!available)('Chromium presents our certificates to a server', () => {
  let server: Server;
  let url: string;
  let unset: () => void = () => undefined;

  beforeAll(async () => {
    const { at, ca, root, crls } = world();
    const read = (file: string) => readFileSync(file, 'utf8');
    server = createServer(
      {
        key: read(at('tls-server.key')),
        cert: read(at('tls-server.pem')) + read(ca('tls')),
        // The issuing CAs are offered, so that the browser knows whose certificates are welcome.
        ca: [read(root), read(world().chain)],
        crl: read(crls),
        requestCert: true,
        rejectUnauthorized: false,
      },
      (request, response) => {
        const socket = request.socket as TLSSocket;
        const subject = socket.getPeerCertificate().subject?.CN;
        const error = socket.authorizationError;
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            authorized: socket.authorized,
            error: error ? String(error) : null,
            subject: subject ? String(subject) : null,
          } satisfies Seen),
        );
      },
    ).listen(0);
    await once(server, 'listening');
    const address = server.address();
    url = `https://localhost:${typeof address === 'object' ? address?.port : ''}`;
    const choice = JSON.stringify({ pattern: url, filter: {} });
    // Only by policy does it choose a certificate without a person.
    unset = setPolicies('interop', { AutoSelectCertificateForUrls: [choice] });
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
    unset();
  });

  /** Visits the server by a fresh browser whose certificate store `fill` has filled. Returns what the server saw, or the browser's error. */
  async function seen(fill: (database: NssDatabase) => Promise<void>, trust = true): Promise<Seen | string> {
    const home = mkdtempSync(join(world().folder, 'home-'));
    await fill(await NssDatabase.make(join(home, '.pki', 'nssdb'), trust ? 'C,,' : ',,'));
    const answer = await visit(url, home);
    return 'error' in answer ? answer.error : (JSON.parse(answer.text) as Seen);
  }

  it('by the PKCS#12 file that the person got', async () => {
    expect(await seen((database) => database.addPkcs12('user-auth'))).toEqual({
      authorized: true,
      error: null,
      subject: expect.stringMatching(/^Jane Citizen \[SEEKEY /),
    });
  });

  it('and the server refuses a revoked one', async () => {
    expect(await seen((database) => database.addKey('revoked'))).toMatchObject({
      authorized: false,
      error: expect.stringMatching(/revoked/i),
      subject: expect.stringMatching(/^John Leaver/),
    });
  });

  it('but none that is for mail only', async () => {
    expect(await seen((database) => database.addPkcs12('user-sign'))).toMatchObject({
      authorized: false,
      subject: null,
    });
  });

  it('and trusts the server by our root only', async () => {
    expect(await seen((database) => database.addPkcs12('user-auth'), false)).toMatch(/ERR_CERT_AUTHORITY_INVALID/);
  });
});
