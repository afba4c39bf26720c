import type { Catalogue } from '@see/language';

/** What the script of every page says. */
export const siteIsland: Catalogue = {
  Copied: 'Kua tāruahia',
  'Select the text and copy it': 'Tīpakohia te kupu, ka tārua ai',
};
