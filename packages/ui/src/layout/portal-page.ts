import { type HtmlValue, t } from '@see/language';
import type { IslandName } from '../site.ts';
import type { View } from '../view.ts';
import { page } from './page.ts';

export type PortalPlace = 'start' | 'enrol' | 'install' | 'renew' | 'my' | 'gateways' | 'revoke';

export interface PortalPageParts {
  readonly title: HtmlValue;
  readonly place?: PortalPlace;
  readonly beforeContent?: HtmlValue;
  readonly content: HtmlValue;
  readonly scripts?: readonly IslandName[];
  /** Origin of the portal for the menu, on pages that are served at another port. */
  readonly home?: string;
  /** Where the browser goes at once, by itself. */
  readonly onward?: string;
}

const PLACES: readonly (readonly [PortalPlace, HtmlValue, string])[] = [
  ['start', t`Start`, '/'],
  ['enrol', t`Use my code`, '/enrol'],
  ['install', t`Install`, '/install'],
  ['renew', t`Renew`, '/renew'],
  ['my', t`My certificates`, '/my'],
  ['gateways', t`Mail gateways`, '/gateways'],
  ['revoke', t`Report a lost key`, '/revoke'],
];

/** A page for public servants and gateway administrators; nobody is signed in by a session. */
export function portalPage(view: View, { home = '', ...parts }: PortalPageParts): string {
  return page(view, {
    ...parts,
    section: t`Portal`,
    homeHref: `${home}/`,
    navigation: PLACES.map(([place, text, href]) => ({ text, href: `${home}${href}`, current: place === parts.place })),
  });
}
