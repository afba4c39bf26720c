import type { HtmlValue } from '../html.ts';
import type { IslandName, Site } from '../site.ts';
import { page } from './page.ts';

export interface DeskPageParts {
  readonly title: string;
  readonly content: HtmlValue;
  readonly scripts?: readonly IslandName[];
}

/** A page of the approval origin. Nobody is signed in there. */
export function deskPage(site: Site, parts: DeskPageParts): string {
  return page(site, { ...parts, section: 'Approval desk', homeHref: '/', navigation: [] });
}
