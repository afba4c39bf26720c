import { type HtmlValue, t } from '../html.ts';
import type { IslandName } from '../site.ts';
import type { View } from '../view.ts';
import { page } from './page.ts';

export type PortalPlace = 'start' | 'enrol' | 'install' | 'gateways' | 'revoke';

export interface PortalPageParts {
  readonly title: HtmlValue;
  readonly place?: PortalPlace;
  readonly beforeContent?: HtmlValue;
  readonly content: HtmlValue;
  readonly scripts?: readonly IslandName[];
}

const PLACES: readonly (readonly [PortalPlace, HtmlValue, string])[] = [
  ['start', t`Start`, '/'],
  ['enrol', t`Use my code`, '/enrol'],
  ['install', t`Install`, '/install'],
  ['gateways', t`Mail gateways`, '/gateways'],
  ['revoke', t`Report a lost key`, '/revoke'],
];

/** A page for public servants and gateway administrators; nobody is signed in. */
export function portalPage(view: View, parts: PortalPageParts): string {
  return page(view, {
    ...parts,
    section: t`Portal`,
    homeHref: '/',
    navigation: PLACES.map(([place, text, href]) => ({ text, href, current: place === parts.place })),
  });
}
