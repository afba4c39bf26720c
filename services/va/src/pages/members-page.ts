import { createHash } from 'node:crypto';
import { Refusal } from '@see/http/problem';
import type { Page } from '../http/page.ts';

/** A member list with the signature over the same octets. */
export interface SignedList {
  readonly json: Uint8Array;
  readonly jws: string;
}

/** How long one list is served before another is made, in milliseconds. */
const KEEP_MS = 15_000;
const CACHE = { 'cache-control': 'public, max-age=60, no-transform' };

/** `/members.json`, and `/members.json.jws`: the same octets as the payload of a compact JWS by va's identity key (DIR-8). */
export function membersPage(make: () => Promise<SignedList | undefined>, now: () => Date): Page {
  let kept: { readonly list: SignedList; readonly until: number } | undefined;
  const current = async (): Promise<SignedList> => {
    const time = now().getTime();
    if (kept && time < kept.until) return kept.list;
    const list = await make().catch(() => undefined);
    if (list) kept = { list, until: time + KEEP_MS };
    // The list says itself how long it is valid; the last one is better than none.
    if (!kept)
      throw new Refusal('unavailable', 'The member list cannot be made at the moment.', {
        headers: { 'retry-after': '5' },
      });
    return kept.list;
  };
  return async ({ path }) => {
    if (path !== '/members.json' && path !== '/members.json.jws') return undefined;
    const list = await current();
    const [type, body] =
      path === '/members.json'
        ? ['application/json', list.json]
        : ['application/jose', new TextEncoder().encode(list.jws)];
    const etag = createHash('sha256').update(body).digest('hex');
    return { status: 200, headers: { 'content-type': type, ...CACHE }, body, etag };
  };
}
