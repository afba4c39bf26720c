import { createHash } from 'node:crypto';
import { Refusal } from '@see/http/problem';
import { encodePem } from '@see/x509';
import type { Page } from '../http/page.ts';
import type { Reply } from '../http/reply.ts';
import { type TrustedCas, trustedCa } from '../trust/trusted-ca.ts';

const CER = /^\/ca\/([a-z]{1,20})\.cer$/;
const CACHE = { 'cache-control': 'public, max-age=3600, no-transform' };

/** `/ca/<ca>.cer` (caIssuers, DER), `/ca/root.cer`, and `/ca/chain.pem` with the issuing CAs and the root. */
export function caPage(trusted: () => TrustedCas | undefined): Page {
  return ({ path }) => {
    const [, id] = CER.exec(path) ?? [];
    if (id === undefined && path !== '/ca/chain.pem') return undefined;
    const cas = trusted();
    if (!cas)
      throw new Refusal('unavailable', 'The CA certificates are not loaded yet.', { headers: { 'retry-after': '5' } });
    if (id === undefined) return chain(cas);
    const ca = trustedCa(cas, id);
    return ca && file('application/pkix-cert', ca.certificate.der);
  };
}

function chain(cas: TrustedCas): Reply {
  const all = [...cas.issuing.values(), cas.root];
  const text = all.map((ca) => encodePem('CERTIFICATE', ca.certificate.der)).join('');
  return file('application/pem-certificate-chain', new TextEncoder().encode(text));
}

function file(type: string, body: Uint8Array): Reply {
  return {
    status: 200,
    headers: { 'content-type': type, ...CACHE },
    body,
    etag: createHash('sha256').update(body).digest('hex'),
    ranges: true,
  };
}
