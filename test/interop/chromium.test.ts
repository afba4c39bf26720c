import { once } from 'node:events';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NssDatabase } from './nss-database.ts';
import { haveTool } from './tool.ts';
import { world } from './world.ts';

const BROWSER = '/usr/bin/chromium';
/** Where Chromium reads policies on this machine. Only so does it choose a certificate without a person. */
const POLICIES = '/etc/chromium/policies/managed';

const available = haveTool('pk12util', 'apt-get install libnss3-tools') && haveBrowser() && mayWritePolicies();

function haveBrowser(): boolean {
  if (existsSync(BROWSER)) return true;
  console.warn(`SKIPPED: client authentication with ${BROWSER} is not tested (apt-get install chromium)`);
  return false;
}

function mayWritePolicies(): boolean {
  try {
    mkdirSync(POLICIES, { recursive: true });
    accessSync(POLICIES, constants.W_OK);
    return true;
  } catch {
    console.warn(
      `SKIPPED: client authentication with Chromium is not tested, ${POLICIES} cannot be written (run as root)`,
    );
    return false;
  }
}

/** What the server made of the client's certificate. */
interface Seen {
  readonly authorized: boolean;
  readonly error: string | null;
  readonly subject: string | null;
}

describe.skipIf(!available)('Chromium presents our certificates to a server', () => {
  let server: Server;
  let url: string;
  const policy = join(POLICIES, `see-interop-${process.pid}.json`);

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
    writeFileSync(policy, JSON.stringify({ AutoSelectCertificateForUrls: [choice] }));
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(policy, { force: true });
  });

  /** Visits the server by a fresh browser whose certificate store `fill` has filled. Returns what the server saw, or the browser's error. */
  async function visit(fill: (database: NssDatabase) => Promise<void>, trust = true): Promise<Seen | string> {
    const home = mkdtempSync(join(world().folder, 'home-'));
    const database = await NssDatabase.make(join(home, '.pki', 'nssdb'), trust ? 'C,,' : ',,');
    await fill(database);
    const browser = await chromium.launch({
      executablePath: BROWSER,
      env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: home },
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    });
    try {
      const page = await browser.newPage();
      const response = await page.goto(url).catch((error: Error) => error);
      if (response instanceof Error) return response.message;
      return (await response?.json()) as Seen;
    } finally {
      await browser.close();
    }
  }

  it('by the PKCS#12 file that the person got', async () => {
    expect(await visit((database) => database.addPkcs12('user-auth'))).toEqual({
      authorized: true,
      error: null,
      subject: expect.stringMatching(/^Jane Citizen \[SEEKEY /),
    });
  });

  it('and the server refuses a revoked one', async () => {
    expect(await visit((database) => database.addKey('revoked'))).toMatchObject({
      authorized: false,
      error: expect.stringMatching(/revoked/i),
      subject: expect.stringMatching(/^John Leaver/),
    });
  });

  it('but none that is for mail only', async () => {
    expect(await visit((database) => database.addPkcs12('user-sign'))).toMatchObject({
      authorized: false,
      subject: null,
    });
  });

  it('and trusts the server by our root only', async () => {
    expect(await visit((database) => database.addPkcs12('user-auth'), false)).toMatch(/ERR_CERT_AUTHORITY_INVALID/);
  });
});
