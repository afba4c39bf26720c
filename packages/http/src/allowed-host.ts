import { isIP } from 'node:net';
import type { App } from './app.ts';
import { type Door, doorOf } from './door.ts';
import { Refusal } from './problem.ts';

/** What to do with a request that came under some name. */
export type HostVerdict = 'serve' | 'redirect';

/**
 * Judges the Host header by the configured public origins of the door, against DNS rebinding. Their hosts and `localhost`
 * are served; an IP address is redirected (passkeys and cookies are bound to names); any other name is refused
 * (`misdirected-request`). The header is never used to write a URL.
 */
export function judgeHost(host: string | undefined, origins: readonly string[]): HostVerdict {
  const name = hostName(host ?? '');
  if (name === 'localhost' || origins.some((origin) => new URL(origin).hostname === name)) return 'serve';
  if (isIP(name.replace(/^\[|\]$/g, '')) > 0) return 'redirect';
  throw new Refusal('misdirected-request', `This service is at ${origins[0]}. Use that address.`);
}

/** Addresses that programs use, by whatever name they reach the service. */
const FOR_PROGRAMS = /^\/(?:api\/|healthz$|readyz$|metrics$)/;

/** Under which origins each door is reached, the one to send people to first. Of the configuration, never of a request. */
export type DoorOrigins = Readonly<Record<Door, readonly string[]>>;

/**
 * Holds an app to its public names: requests under foreign names are refused, pages asked for by IP address are sent to
 * the public origin of their door, because cookies and passkeys belong to the name. Programs may use the address.
 */
export function holdToPublicHost(app: App, doors: DoorOrigins): void {
  app.addHook('onRequest', async (request, reply) => {
    const origins = doors[doorOf(request)];
    if (judgeHost(request.headers.host, origins) === 'serve') return undefined;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads || FOR_PROGRAMS.test(request.url)) return undefined;
    return reply.redirect(`${origins[0]}${request.url}`, 308);
  });
}

function hostName(host: string): string {
  const bracket = /^(\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/.exec(host);
  if (bracket?.[1]) return bracket[1].toLowerCase();
  return /^([^:]*)(?::\d{0,5})?$/.exec(host)?.[1]?.toLowerCase() ?? '';
}
