import type { Catalogue } from '@see/language';

/** What the script of a running import says. */
export const liveImport: Catalogue = {
  'Nothing is left.': 'Kāore he mea e toe ana.',
  'Less than a minute is left.': 'He iti iho i te meneti e toe ana.',
  'About {0} minutes are left.': 'Kei te takiwā o te {0} meneti e toe ana.',
};
