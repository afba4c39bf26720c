import { type HtmlValue, html, t } from '@see/language';
import { roleAt } from '../pages/console/role-names.ts';
import type { IslandName } from '../site.ts';
import type { View } from '../view.ts';
import { page } from './page.ts';

export type ConsolePlace =
  | 'home'
  | 'orders'
  | 'certificates'
  | 'people'
  | 'agencies'
  | 'reviews'
  | 'audit'
  | 'figures'
  | 'services';

/** Who is signed in, as the console shows it, and the token that their forms carry. */
export interface ConsoleReader {
  readonly name: string;
  readonly role: string;
  readonly agency?: string;
  readonly formToken: string;
  /** Places that the role may open; others are not shown. */
  readonly places: readonly ConsolePlace[];
}

export interface ConsolePageParts {
  readonly title: HtmlValue;
  readonly place?: ConsolePlace;
  readonly beforeContent?: HtmlValue;
  readonly content: HtmlValue;
  readonly scripts?: readonly IslandName[];
  /** Where the browser goes at once, by itself. */
  readonly onward?: string;
  /** Seconds after which the page loads itself where no scripts run; it must offer a way to stop that. */
  readonly reload?: number;
}

const PLACES: readonly (readonly [ConsolePlace, HtmlValue, string])[] = [
  ['home', t`Home`, '/console'],
  ['orders', t`Orders`, '/console/orders'],
  ['certificates', t`Certificates`, '/console/certificates'],
  ['people', t`People`, '/console/people'],
  ['agencies', t`Agencies`, '/console/agencies'],
  ['reviews', t`Access`, '/console/access-reviews'],
  ['audit', t`Audit`, '/console/audit'],
  ['services', t`Services`, '/console/services'],
  ['figures', t`Figures`, '/console/figures'],
];

/** A page for those who are signed in; without a reader only the sign-in page is drawn this way. */
export function consolePage(view: View, reader: ConsoleReader | undefined, parts: ConsolePageParts): string {
  return page(view, {
    ...parts,
    section: t`Console`,
    homeHref: '/console',
    mainClass: 'see-console',
    navigation: PLACES.filter(([place]) => reader?.places.includes(place)).map(([place, text, href]) => ({
      text,
      href,
      current: place === parts.place,
    })),
    navigationEnd:
      reader &&
      html`<form class="see-search" method="get" action="/console/search" role="search"><label class="govuk-visually-hidden" for="site-search">${t`Search everything`}</label><input class="govuk-input see-search__input" id="site-search" name="q" type="search" maxlength="254" spellcheck="false" accesskey="s"><button class="govuk-button govuk-button--secondary see-search__button">${t`Search`}</button></form>
<span class="see-reader"><a class="govuk-link" href="/console/sessions">${reader.name}</a> <span class="see-reader__role">${roleAt(reader.role, reader.agency)}</span></span>
<form method="post" action="/console/sign-out"><input type="hidden" name="formToken" value="${reader.formToken}"><button class="see-link-button">${t`Sign out`}</button></form>`,
  });
}
