import { isIP } from 'node:net';
import type { App } from './app.ts';
import { Refusal } from './problem.ts';

/** What to do with a request that came under some name. */
export type HostVerdict = 'serve' | 'redirect';

/**
 * Judges the Host header by the configured public URL, against DNS rebinding. The public host and `localhost` are
 * served; an IP address is redirected (passkeys and cookies are bound to names); any other name is refused
 * (`misdirected-request`). The header is never used to write a URL.
 */
export function judgeHost(host: string | undefined, publicUrl: URL): HostVerdict {
  const name = hostName(host ?? '');
  if (name === publicUrl.hostname || name === 'localhost') return 'serve';
  if (isIP(name.replace(/^\[|\]$/g, '')) > 0) return 'redirect';
  throw new Refusal('misdirected-request', `This service is at ${publicUrl.origin}. Use that address.`);
}

/** Addresses that programs use, by whatever name they reach the service. */
const FOR_PROGRAMS = /^\/(?:api\/|healthz$|readyz$)/;

/**
 * Holds an app to its public name: requests under foreign names are refused, pages asked for by IP address are sent to
 * the public URL, because cookies and passkeys belong to the name. Programs may use the address.
 */
export function holdToPublicHost(app: App, publicUrl: URL): void {
  app.addHook('onRequest', async (request, reply) => {
    if (judgeHost(request.headers.host, publicUrl) === 'serve') return undefined;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads || FOR_PROGRAMS.test(request.url)) return undefined;
    return reply.redirect(`${publicUrl.origin}${request.url}`, 308);
  });
}

function hostName(host: string): string {
  const bracket = /^(\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/.exec(host);
  if (bracket?.[1]) return bracket[1].toLowerCase();
  return /^([^:]*)(?::\d{0,5})?$/.exec(host)?.[1]?.toLowerCase() ?? '';
}
