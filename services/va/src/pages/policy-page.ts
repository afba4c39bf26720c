import { createHash } from 'node:crypto';
import type { Authority } from '@see/domain';
import { Refusal } from '@see/http/problem';
import { isLanguage, languageCookie, languageOf } from '@see/language';
import type { Page, PageRequest } from '../http/page.ts';
import type { Reply } from '../http/reply.ts';
import type { TrustedCas } from '../trust/trusted-ca.ts';
import { POLICY_STYLE } from './policy-style.ts';
import { policyDocument } from './policy-text.ts';

const styleHash = createHash('sha256').update(String(POLICY_STYLE)).digest('base64');

/** No script, no image, no frame, no form; one style, known by its hash. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'public, max-age=300',
  // Caches keep the page for each language, and for each choice of one.
  vary: 'accept-language, cookie',
};

const CHOICE = /^\/language\/([a-z]{2})$/;

/**
 * `/cp`: the page that certificates point to (cpsUri), with an anchor for each type, in the reader's language.
 * `/language/<language>` remembers a language and leads back to it.
 */
export function policyPage(authority: () => Authority | undefined, trusted: () => TrustedCas | undefined): Page {
  return ({ path, headers }) => {
    const [, chosen] = CHOICE.exec(path) ?? [];
    if (isLanguage(chosen)) return choice(languageCookie(chosen));
    if (path !== '/cp') return undefined;
    const current = authority();
    if (!current)
      throw new Refusal('unavailable', 'The policies are not loaded yet.', { headers: { 'retry-after': '5' } });
    const body = new TextEncoder().encode(policyDocument(current, trusted(), readerOf(headers)));
    return { status: 200, headers: HEADERS, body, etag: createHash('sha256').update(body).digest('hex') };
  };
}

function readerOf({ cookie = '', 'accept-language': acceptLanguage = '' }: PageRequest['headers']) {
  return languageOf({ cookie, 'accept-language': acceptLanguage });
}

function choice(cookie: string): Reply {
  const headers = { location: '/cp', 'set-cookie': cookie, 'cache-control': 'no-store' };
  return { status: 303, headers, body: new Uint8Array(0) };
}
