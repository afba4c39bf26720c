import type { Catalogue } from '../language/speech.ts';
import { catalogue } from './mi/catalogue.ts';
import { figures } from './mi/figures.ts';
import { gateways } from './mi/gateways.ts';
import { layout } from './mi/layout.ts';
import { siteIsland } from './mi/site-island.ts';

/** Te reo Māori: every text of the pages, by area. */
export const mi: Catalogue = { ...layout, ...siteIsland, ...figures, ...catalogue, ...gateways };
