import { Refusal } from '@see/http/problem';
import type { CrlScope } from '@see/issuance/crl-scope';
import { readScope } from '../crl/crl-list.ts';
import type { CrlShelf, ShelvedCrl } from '../crl/crl-shelf.ts';
import type { Page } from '../http/page.ts';
import type { Reply } from '../http/reply.ts';

/** Seconds that HTTP caches may keep a CRL: a revocation is on the list within a minute of its request, and is to be seen. */
const MAX_AGE = 30;
const PATH = /^\/crl\/([a-z]{1,20})(?:-(delta)|\/([0-9]{1,4}-[0-9]{1,4}))?\.crl$/;

export interface CrlPageDeps {
  readonly shelf: CrlShelf;
  readonly now: () => Date;
  readonly isCa: (id: string) => boolean;
  /** Whether a CA is to publish a list. */
  readonly isPlanned: (ca: string, scope: CrlScope) => boolean;
}

/**
 * `/crl/<ca>.crl`, `/crl/<ca>-delta.crl`, `/crl/<ca>/<count>-<index>.crl`: the newest verified CRL of each, whatever happens
 * to the database (REV-13). 503 for one that has ended: nobody is to take it for the present one.
 */
export function crlPage({ shelf, now, isCa, isPlanned }: CrlPageDeps): Page {
  return ({ path }) => {
    const [, ca, delta, part] = PATH.exec(path) ?? [];
    const scope = readScope(delta ?? part ?? 'full');
    if (ca === undefined || scope === undefined || !isCa(ca)) return undefined;
    const crl = shelf.get(ca, scope);
    if (crl && now() < crl.nextUpdate) return crlReply(crl, now());
    if (!crl && !isPlanned(ca, scope)) return undefined;
    const why = crl ? `The last CRL of ${ca} has ended.` : `There is no CRL of ${ca} yet.`;
    throw new Refusal('unavailable', why, { headers: { 'retry-after': '5' } });
  };
}

/** DER as it was signed, never coded or compressed; max-age stays below what is left of its validity. */
export function crlReply(crl: ShelvedCrl, now: Date): Reply {
  const left = Math.floor((crl.nextUpdate.getTime() - now.getTime()) / 1000) - 1;
  return {
    status: 200,
    headers: {
      'content-type': 'application/pkix-crl',
      'cache-control': `public, max-age=${Math.max(0, Math.min(MAX_AGE, left))}, no-transform, must-revalidate`,
      expires: crl.nextUpdate.toUTCString(),
    },
    body: crl.der,
    etag: crl.sha256,
    lastModified: crl.thisUpdate.getTime(),
    ranges: true,
  };
}
