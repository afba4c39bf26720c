import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type App, createApp, Refusal, Type } from '@see/http';
import { type AssetSet, assetRoutes, enrolPage, problemPage, type Site, viewOf } from '@see/ui';
import { parseCsr } from '@see/x509';
import type { ThrowawayCa } from './throwaway-ca.ts';

export const ORDER_ID = '3f0c6a52-2f43-4c3e-9f4b-0c8f3a5d9a10';
export const CODE = '7K3M-9QF2-XT0A-BC4D';

/** A portal with the enrolment page and a signer that knows one code: what the island talks to, without an instance. */
export interface RedemptionService {
  readonly url: string;
  /** Everything that came in, octet by octet, as each connection sent it. */
  readonly received: Buffer[];
  /** What the next requests are answered with instead. */
  failWith: Refusal | undefined;
  /** For whom a copy of the encryption key is kept; nobody unless a test says so. */
  keptFor: KeptFor | null;
  close(): Promise<void>;
}

interface KeptFor {
  readonly statement: string;
  readonly agents: readonly { readonly label: string; readonly publicKey: string }[];
}

const PROFILES = [
  { id: 'user-auth', title: 'Personal authentication', description: 'Signing in to shared applications.' },
  { id: 'user-encrypt', title: 'Personal e-mail encryption', description: 'Receiving encrypted e-mail.' },
];

export async function startRedemptionService(ca: ThrowawayCa, assets: AssetSet): Promise<RedemptionService> {
  const site: Site = {
    assets: assets.references,
    urls: { va: 'http://localhost:1', portal: 'http://localhost:1', desk: 'http://localhost:1' },
    preset: 'evaluation',
    rootFingerprint: 'ab'.repeat(32),
  };
  const app = await createApp({
    https: false,
    log: () => undefined,
    problemPage: (problem, request) => problemPage(viewOf(site, request), problem),
  });
  const service = {
    failWith: undefined as Refusal | undefined,
    keptFor: null as KeptFor | null,
    received: [] as Buffer[],
  };
  const key = pbkdf2Sync('7K3M9QF2XT0ABC4D', ORDER_ID, 600_000, 32, 'sha256');
  const mac = (...parts: (string | Buffer)[]): Buffer => {
    const hmac = createHmac('sha384', key);
    for (const part of parts) hmac.update(part);
    return hmac.digest();
  };
  let tries = 5;
  assetRoutes(app, assets);
  app.get('/enrol/:id', { config: { operation: 'enrol', public: true } }, async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(enrolPage(viewOf(site, request), ORDER_ID)),
  );
  app.get('/install/:device', { config: { operation: 'install', public: true } }, async () => 'ok');
  addCheck(
    app,
    () => service.failWith,
    () => service.keptFor,
    (proof) => {
      if (timingSafeEqual(proof, mac(`see-pki/code-check/v1\0${ORDER_ID}`))) return tries;
      tries -= 1;
      if (tries === 0) throw new Refusal('code-locked', 'Locked.', { extensions: { triesLeft: 0 } });
      throw new Refusal('code-wrong', 'Wrong.', { extensions: { triesLeft: tries } });
    },
  );
  app.post(
    '/api/v1/redemptions/:id/redeem',
    { config: { operation: 'redeem', public: true }, schema: { body: Redeem } },
    async (request) => {
      if (service.failWith) throw service.failWith;
      const certificates = request.body.keys.map(({ csr, tag }, index) => {
        const der = new Uint8Array(Buffer.from(csr, 'base64'));
        const spki = createHash('sha256').update(parseCsr(der).spki).digest();
        if (mac(ORDER_ID, spki).toString('hex') !== tag) throw new Refusal('code-wrong', 'The tag does not hold.');
        const { certificate, ca: above } = ca.issue(der, 'Jane Doe');
        const chain = [Buffer.from(above).toString('base64'), Buffer.from(above).toString('base64')];
        const profile = PROFILES[index]?.id ?? '';
        return {
          profile,
          serial: '0a0b0c',
          notAfter: '2027-11-22T00:00:00Z',
          certificate: Buffer.from(certificate).toString('base64'),
          chain,
        };
      });
      return { certificates };
    },
  );
  app.server.on('connection', (socket) => socket.on('data', (octets) => service.received.push(Buffer.from(octets))));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return Object.assign(service, {
    url: `http://localhost:${(app.server.address() as AddressInfo).port}`,
    close: () => app.close(),
  });
}

const Escrow = Type.Object(
  { agents: Type.String(), envelopes: Type.Array(Type.String()), tag: Type.String() },
  { additionalProperties: false },
);
const Redeem = Type.Object(
  {
    keys: Type.Array(
      Type.Object(
        { csr: Type.String(), tag: Type.String(), escrow: Type.Optional(Escrow) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

function addCheck(
  app: App,
  failure: () => Refusal | undefined,
  keptFor: () => KeptFor | null,
  check: (proof: Buffer) => number,
): void {
  app.post(
    '/api/v1/redemptions/:id/check',
    {
      config: { operation: 'check', public: true },
      schema: {
        body: Type.Object({ proof: Type.String({ pattern: '^[0-9a-f]{96}$' }) }, { additionalProperties: false }),
      },
    },
    async (request) => {
      const refusal = failure();
      if (refusal) throw refusal;
      return {
        triesLeft: check(Buffer.from(request.body.proof, 'hex')),
        orderId: ORDER_ID,
        displayName: 'Jane <b>Doe</b>',
        email: 'jane.doe@treasury.govt.nz',
        agency: 'The Treasury',
        useBefore: '2026-12-22T00:00:00Z',
        profiles: PROFILES.map((each) => ({ ...each, escrow: each.id === 'user-encrypt' ? keptFor() : null })),
      };
    },
  );
}
