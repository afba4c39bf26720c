import type { HtmlValue } from '../html.ts';
import type { IslandName, Site } from '../site.ts';
import { page } from './page.ts';

export type PortalPlace = 'start' | 'enrol' | 'install' | 'gateways' | 'revoke';

export interface PortalPageParts {
  readonly title: string;
  readonly place?: PortalPlace;
  readonly beforeContent?: HtmlValue;
  readonly content: HtmlValue;
  readonly scripts?: readonly IslandName[];
}

const PLACES: readonly (readonly [PortalPlace, string, string])[] = [
  ['start', 'Start', '/'],
  ['enrol', 'Use my code', '/enrol'],
  ['install', 'Install', '/install'],
  ['gateways', 'Mail gateways', '/gateways'],
  ['revoke', 'Report a lost key', '/revoke'],
];

/** A page for public servants and gateway administrators; nobody is signed in. */
export function portalPage(site: Site, parts: PortalPageParts): string {
  return page(site, {
    ...parts,
    section: 'Portal',
    homeHref: '/',
    navigation: PLACES.map(([place, text, href]) => ({ text, href, current: place === parts.place })),
  });
}
