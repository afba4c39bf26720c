import { isIP } from 'node:net';
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

function hostName(host: string): string {
  const bracket = /^(\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/.exec(host);
  if (bracket?.[1]) return bracket[1].toLowerCase();
  return /^([^:]*)(?::\d{0,5})?$/.exec(host)?.[1]?.toLowerCase() ?? '';
}
