import {
  type CertificateRow,
  findCertificateByHash,
  findOrder,
  listOrderCertificates,
  listRevocations,
} from '@see/db/ra';
import { type App, assertOwnOrigin, doorOf, type Limit, Refusal, Type } from '@see/http';
import {
  GATEWAY_PRODUCTS,
  gatewayCertificatePage,
  gatewayOrderPage,
  gatewaySetupPage,
  gatewaysPage,
  verbatim,
  viewOf,
} from '@see/ui';
import { statusView } from '../../operations/certificate-view.ts';
import { GATEWAY_PROFILES, type GatewayFile, gatewayFile, isOfGateway } from '../../operations/gateway-certificate.ts';
import { profileTitle } from '../../operations/profile-title.ts';
import { renewalFacts } from '../../operations/renewal/renewal-facts.ts';
import type { Ra } from '../../ra.ts';
import { Hex32, Uuid } from '../../schemas/fields.ts';
import { takeUploads } from '../upload.ts';
import { csrCheckRoutes } from './csr-check.ts';

const FILES: readonly GatewayFile[] = ['certificate.pem', 'certificate.cer', 'certificate.p7c', 'chain.pem'];

/**
 * Pages for those who run gateways and servers, without signing in. Nothing here is about a person: orders and
 * certificates of people do not exist at these addresses.
 */
export async function gatewayRoutes(scope: App, ra: Ra, limit: Limit): Promise<void> {
  scope.get('/gateways', { config: { operation: 'portal.gateways', public: true } }, async (request) =>
    gatewaysPage(viewOf(ra.site, request)),
  );
  scope.get(
    '/gateways/setup/:product',
    {
      config: { operation: 'portal.gateway-setup', public: true },
      schema: { params: Type.Object({ product: Type.String({ maxLength: 40 }) }) },
    },
    async (request) => {
      const product = GATEWAY_PRODUCTS.find(({ id }) => id === request.params.product);
      if (!product) throw new Refusal('not-found', 'There are no steps for a product of this name.');
      return gatewaySetupPage(viewOf(ra.site, request), product);
    },
  );
  await scope.register(async (inner: App) => {
    inner.addHook('onRequest', limit);
    inner.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    orderRoute(inner, ra);
    certificateRoutes(inner, ra);
  });
  await scope.register(async (inner: App) => {
    await takeUploads(inner);
    inner.addHook('onRequest', limit);
    inner.addHook('preHandler', async (request) => {
      if (request.method === 'POST') assertOwnOrigin(request, ra.doors[doorOf(request)]);
    });
    inner.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    csrCheckRoutes(inner, ra);
  });
}

function orderRoute(scope: App, ra: Ra): void {
  scope.get(
    '/gateways/orders/:id',
    { config: { operation: 'portal.gateway-order', public: true }, schema: { params: Type.Object({ id: Uuid }) } },
    async (request) => {
      const order = await findOrder(ra.db, request.params.id);
      // A person's renewal is an order with keys too, and nobody's business.
      if (order?.kind !== 'csr' || !order.profiles.every((id) => GATEWAY_PROFILES.includes(id)))
        throw new Refusal('not-found', 'There is no order of a gateway at this address.');
      const certificates = await listOrderCertificates(ra.db, order.id);
      return gatewayOrderPage(viewOf(ra.site, request), {
        ...order,
        profiles: order.profiles.map((id) => ({ id, title: profileTitle(ra, id) })),
        certificates: certificates.map(({ certificate }) => ({
          sha256: certificate.sha256.toHex(),
          profile: certificate.profileId,
          title: profileTitle(ra, certificate.profileId),
        })),
      });
    },
  );
}

function certificateRoutes(scope: App, ra: Ra): void {
  const Params = Type.Object({ sha256: Hex32 });
  scope.get(
    '/gateways/certificates/:sha256',
    { config: { operation: 'portal.gateway-certificate', public: true }, schema: { params: Params } },
    async (request) => {
      const certificate = await certificateAt(ra, request.params.sha256);
      const [events, renewal] = await Promise.all([
        listRevocations(ra.db, [certificate.id]),
        renewalFacts(ra, certificate),
      ]);
      const status = statusView(certificate, events.get(certificate.id) ?? [], ra.now());
      const successor =
        renewal.supersededBy === null
          ? undefined
          : await findCertificateByHash(ra.db, Uint8Array.fromHex(renewal.supersededBy));
      return gatewayCertificatePage(viewOf(ra.site, request), {
        now: ra.now(),
        sha256: request.params.sha256,
        serial: certificate.serial.toHex(),
        profile: certificate.profileId,
        title: profileTitle(ra, certificate.profileId),
        agency: ra.authority.current.agencies.get(certificate.agencyId ?? '')?.name ?? '–',
        names: certificate.names,
        notBefore: certificate.notBefore,
        notAfter: certificate.notAfter,
        status: status.kind,
        since: 'since' in status && status.since !== undefined ? new Date(status.since) : undefined,
        renewal: {
          opensAt: timeOf(renewal.opensAt),
          overlapEndsAt: timeOf(renewal.overlapEndsAt),
          successor: successor && { ...successor, sha256: successor.sha256.toHex() },
          waits: renewal.directory === 'waits',
        },
      });
    },
  );
  for (const file of FILES) {
    scope.get(
      `/gateways/certificates/:sha256/${file}`,
      { config: { operation: `portal.gateway-${file.replace('.', '-')}`, public: true }, schema: { params: Params } },
      async (request, reply) => {
        const { sha256 } = request.params as { sha256: string };
        const { type, name, body } = await gatewayFile(ra, await certificateAt(ra, sha256), file);
        return reply.type(type).header('content-disposition', verbatim`attachment; filename="${name}"`).send(body);
      },
    );
  }
}

async function certificateAt(ra: Ra, sha256: string): Promise<CertificateRow> {
  const found = await findCertificateByHash(ra.db, Uint8Array.fromHex(sha256));
  if (!found || !isOfGateway(found))
    throw new Refusal('not-found', 'There is no certificate of a gateway or server with this fingerprint.');
  return found;
}

function timeOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}
