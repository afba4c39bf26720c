import type { Catalogue } from '../language/speech.ts';
import { agencies } from './mi/agencies.ts';
import { catalogue } from './mi/catalogue.ts';
import { enrolmentIsland } from './mi/enrolment-island.ts';
import { figures } from './mi/figures.ts';
import { gateways } from './mi/gateways.ts';
import { imports } from './mi/imports.ts';
import { layout } from './mi/layout.ts';
import { liveImport } from './mi/live-import.ts';
import { people } from './mi/people.ts';
import { portalEnrol } from './mi/portal-enrol.ts';
import { portalInstall } from './mi/portal-install.ts';
import { portalLost } from './mi/portal-lost.ts';
import { portalMy } from './mi/portal-my.ts';
import { portalRenew } from './mi/portal-renew.ts';
import { portalStart } from './mi/portal-start.ts';
import { registry } from './mi/registry.ts';
import { renewalIsland } from './mi/renewal-island.ts';
import { siteIsland } from './mi/site-island.ts';

/** Te reo Māori: every text of the pages, by area. */
export const mi: Catalogue = {
  ...layout,
  ...siteIsland,
  ...figures,
  ...catalogue,
  ...gateways,
  ...enrolmentIsland,
  ...portalStart,
  ...portalEnrol,
  ...portalInstall,
  ...portalLost,
  ...portalMy,
  ...portalRenew,
  ...renewalIsland,
  ...people,
  ...imports,
  ...liveImport,
  ...agencies,
  ...registry,
};
