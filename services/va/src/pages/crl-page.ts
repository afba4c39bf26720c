import { Refusal } from '@see/http';
import type { CrlShelf, ShelvedCrl } from '../crl/crl-shelf.ts';
import type { Page } from '../http/page.ts';
import type { Reply } from '../http/reply.ts';

/** Seconds that HTTP caches may keep a CRL: a revocation is on the list within a minute of its request, and is to be seen. */
const MAX_AGE = 30;
const PATH = /^\/crl\/([a-z]{1,20})\.crl$/;

/** `/crl/<ca>.crl`: the newest verified CRL, whatever happens to the database (REV-13). */
export function crlPage(shelf: CrlShelf, now: () => Date, isCa: (id: string) => boolean): Page {
  return ({ path }) => {
    const [, ca] = PATH.exec(path) ?? [];
    if (ca === undefined || !isCa(ca)) return undefined;
    const crl = shelf.get(ca);
    if (!crl) throw new Refusal('unavailable', `There is no CRL of ${ca} yet.`, { headers: { 'retry-after': '5' } });
    return crlReply(crl, now());
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
