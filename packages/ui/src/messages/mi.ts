import type { Catalogue } from '@see/language';
import { access } from './mi/access.ts';
import { agencies } from './mi/agencies.ts';
import { audit } from './mi/audit.ts';
import { authority } from './mi/authority.ts';
import { batches } from './mi/batches.ts';
import { catalogue } from './mi/catalogue.ts';
import { certificateWords } from './mi/certificate-words.ts';
import { certificates } from './mi/certificates.ts';
import { desk } from './mi/desk.ts';
import { deskIslands } from './mi/desk-islands.ts';
import { enrolmentIsland } from './mi/enrolment-island.ts';
import { figures } from './mi/figures.ts';
import { gateways } from './mi/gateways.ts';
import { home } from './mi/home.ts';
import { hrFeeds } from './mi/hr-feeds.ts';
import { imports } from './mi/imports.ts';
import { intake } from './mi/intake.ts';
import { layout } from './mi/layout.ts';
import { liveImport } from './mi/live-import.ts';
import { membership } from './mi/membership.ts';
import { orderWords } from './mi/order-words.ts';
import { orders } from './mi/orders.ts';
import { people } from './mi/people.ts';
import { portalActs } from './mi/portal-acts.ts';
import { portalEnrol } from './mi/portal-enrol.ts';
import { portalInstall } from './mi/portal-install.ts';
import { portalLost } from './mi/portal-lost.ts';
import { portalMy } from './mi/portal-my.ts';
import { portalRenew } from './mi/portal-renew.ts';
import { portalStart } from './mi/portal-start.ts';
import { recoveries } from './mi/recoveries.ts';
import { registry } from './mi/registry.ts';
import { renewalIsland } from './mi/renewal-island.ts';
import { signIn } from './mi/sign-in.ts';
import { signInIslands } from './mi/sign-in-islands.ts';
import { siteIsland } from './mi/site-island.ts';
import { states } from './mi/states.ts';

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
  ...portalActs,
  ...portalRenew,
  ...renewalIsland,
  ...people,
  ...hrFeeds,
  ...imports,
  ...intake,
  ...liveImport,
  ...agencies,
  ...recoveries,
  ...registry,
  ...access,
  ...audit,
  ...authority,
  ...batches,
  ...certificateWords,
  ...certificates,
  ...desk,
  ...deskIslands,
  ...home,
  ...membership,
  ...orderWords,
  ...orders,
  ...signIn,
  ...signInIslands,
  ...states,
};
