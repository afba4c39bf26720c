import { type Language, languageOf, type Speech, speechOf } from '@see/language';
import { mi } from './messages/mi.ts';
import type { Site } from './site.ts';

/** A page is drawn for somebody: the site, and how its reader is spoken to. */
export interface View extends Site {
  readonly speech: Speech;
  /** Path and query of the page, for the way back after choosing a language. */
  readonly here: string;
}

/** How readers of a language are spoken to. */
export function speechIn(language: Language): Speech {
  return speechOf(language, mi);
}

/** The view of whoever sent a request. */
export function viewOf(
  site: Site,
  request: {
    readonly method: string;
    readonly url: string;
    readonly headers: {
      readonly cookie?: string | undefined;
      readonly 'accept-language'?: string | undefined;
      readonly referer?: string | undefined;
    };
  },
): View {
  const { cookie = '', 'accept-language': acceptLanguage = '', referer } = request.headers;
  return {
    ...site,
    speech: speechIn(languageOf({ cookie, 'accept-language': acceptLanguage })),
    here: request.method === 'GET' ? request.url : placeOf(referer),
  };
}

/** The page that a form was sent from; a page that answers a form has no address of its own. */
function placeOf(referer: string | undefined): string {
  const from = referer === undefined ? undefined : URL.parse(referer);
  return from ? `${from.pathname}${from.search}` : '/';
}
