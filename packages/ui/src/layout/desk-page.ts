import { type HtmlValue, t } from '@see/language';
import type { IslandName } from '../site.ts';
import type { View } from '../view.ts';
import { page } from './page.ts';

export interface DeskPageParts {
  readonly title: HtmlValue;
  readonly content: HtmlValue;
  readonly scripts?: readonly IslandName[];
}

/** A page of the approval origin. Nobody is signed in there. */
export function deskPage(view: View, parts: DeskPageParts): string {
  return page(view, { ...parts, section: t`Approval desk`, homeHref: '/', navigation: [] });
}
