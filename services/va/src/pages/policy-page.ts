import { createHash } from 'node:crypto';
import type { Authority } from '@see/domain';
import { Refusal } from '@see/http';
import type { Page } from '../http/page.ts';
import type { TrustedCas } from '../trust/trusted-ca.ts';
import { POLICY_STYLE, policyHtml } from './policy-text.ts';

const styleHash = createHash('sha256').update(POLICY_STYLE).digest('base64');

/** No script, no image, no frame, no form; one style, known by its hash. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'public, max-age=300',
};

/** `/cp`: the page that certificates point to (cpsUri), with an anchor for each type. */
export function policyPage(authority: () => Authority | undefined, trusted: () => TrustedCas | undefined): Page {
  return ({ path }) => {
    if (path !== '/cp') return undefined;
    const current = authority();
    if (!current)
      throw new Refusal('unavailable', 'The policies are not loaded yet.', { headers: { 'retry-after': '5' } });
    const body = new TextEncoder().encode(policyHtml(current, trusted()));
    return { status: 200, headers: HEADERS, body, etag: createHash('sha256').update(body).digest('hex') };
  };
}
