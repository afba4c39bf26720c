import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AuthorityFollower, insertToken } from '@see/db';
import { type App, formatToken, tokenDigest } from '@see/http';
import { serviceStateDir, signInMethods } from '@see/process';
import type { AssetSet, Site } from '@see/ui';
import { AccessReviewBook } from '../../services/ra/src/access-review-book.ts';
import { buildApp } from '../../services/ra/src/app.ts';
import { CaRegistry } from '../../services/ra/src/ca-registry.ts';
import { ClientCaBook } from '../../services/ra/src/client-certificate/client-ca-book.ts';
import { EventStreams } from '../../services/ra/src/event-streams.ts';
import { ImportRunner } from '../../services/ra/src/import-runner.ts';
import { OrderWatch } from '../../services/ra/src/order-watch.ts';
import { PublishedStatus } from '../../services/ra/src/published-status.ts';
import type { Ra } from '../../services/ra/src/ra.ts';
import { doorHosts, doorOrigins } from '../../services/ra/src/tls/door-origins.ts';
import { ServerCertificateBook } from '../../services/ra/src/tls/server-certificate-book.ts';
import { WakeUps } from '../../services/ra/src/wake-up.ts';
import type { World } from './world.ts';

type TokenRole = Parameters<typeof insertToken>[1]['role'];

/** The registration authority of a world, in this process under its own login, not listening. */
export interface Registration {
  readonly app: App;
  readonly ra: Ra;
  readonly logged: { level: string; message: string; fields: unknown }[];
  /** The time that it believes; the real one unless a test sets it. */
  clock: () => Date;
  /** The DNS that it asks; empty unless a test sets it. */
  resolveTxt: Ra['resolveTxt'];
  /** Makes a token and returns its text. */
  token(role: TokenRole, personId: string, agencyId?: string): Promise<string>;
}

const NO_ASSET = { url: '/assets/none', integrity: 'sha384-none' };
/** Assets for tests that look at answers and not at pages. */
export const NO_ASSETS: AssetSet = {
  references: {
    'site.css': NO_ASSET,
    'site.js': NO_ASSET,
    'enrolment.js': NO_ASSET,
    'approval.js': NO_ASSET,
    'batch.js': NO_ASSET,
    'registration.js': NO_ASSET,
    'handover.js': NO_ASSET,
    'sign-in.js': NO_ASSET,
    'passkey.js': NO_ASSET,
    'renewal.js': NO_ASSET,
    'live-import.js': NO_ASSET,
    'follow.js': NO_ASSET,
    'icon.svg': NO_ASSET,
  },
  files: new Map(),
};

export async function openRegistration(world: World, assets: AssetSet = NO_ASSETS): Promise<Registration> {
  const { instance } = world;
  const site: Site = {
    assets: assets.references,
    urls: { va: instance.urls.va, portal: instance.urls.portal, desk: instance.urls.desk },
    preset: instance.preset,
    rootFingerprint: instance.rootFingerprint.replaceAll(/[ :]/g, '').toLowerCase(),
  };
  const logged: Registration['logged'] = [];
  const made: Pick<Registration, 'clock' | 'resolveTxt'> = {
    clock: () => new Date(),
    resolveTxt: async () => [],
  };
  const authority = new AuthorityFollower(world.ra, Uint8Array.fromHex(instance.anchor));
  const wakeUps = new WakeUps();
  const surroundings: Pick<Ra, 'now' | 'randomBytes' | 'resolveTxt' | 'log'> = {
    now: () => made.clock(),
    randomBytes: (octets) => new Uint8Array(randomBytes(octets)),
    resolveTxt: (name) => made.resolveTxt(name),
    log: (level, message, fields) => logged.push({ level, message, fields }),
  };
  const cas = new CaRegistry(world.ra);
  const doors = doorOrigins(instance);
  const ra: Ra = {
    db: world.ra,
    authority,
    cas,
    clientCas: new ClientCaBook(world.ra, site.rootFingerprint, () => made.clock()),
    serverCertificate: new ServerCertificateBook({
      folder: join(serviceStateDir(world.layout, 'ra'), 'tls'),
      db: world.ra,
      cas,
      hosts: doorHosts(doors),
      files: undefined,
      now: () => made.clock(),
    }),
    doors,
    reviews: new AccessReviewBook(world.ra),
    wakeUps,
    orderWatch: new OrderWatch(world.ra),
    importRunner: new ImportRunner({
      db: world.ra,
      authority,
      cas,
      site,
      progressed: () => wakeUps.wake('imports'),
      ...surroundings,
    }),
    eventStreams: new EventStreams(),
    published: new PublishedStatus({
      db: world.ra,
      cas,
      va: site.urls.va,
      configuration: () => authority.current.configuration,
      now: () => made.clock(),
    }),
    site,
    signIn: signInMethods,
    oidc: undefined,
    instance: instance.instance,
    ...surroundings,
  };
  await Promise.all([ra.authority.refresh(), ra.cas.refresh()]);
  const app = await buildApp(ra, assets);
  await app.ready();
  return Object.assign(made, {
    app,
    ra,
    logged,
    token: async (role: TokenRole, personId: string, agencyId?: string): Promise<string> => {
      const text = formatToken(new Uint8Array(randomBytes(32)));
      await insertToken(world.owner, {
        id: randomUUID(),
        secretSha256: tokenDigest(text),
        name: `test ${role}`,
        role,
        agencyId: agencyId ?? null,
        personId,
        expiresAt: new Date(Date.now() + 86_400_000),
      });
      return text;
    },
  });
}
