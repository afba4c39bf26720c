import { findCertificateByHash } from '@see/db/ra';
import { type App, Refusal, Type } from '@see/http';
import {
  INSTALL_DEVICES,
  type InstallDevice,
  type InstallOnward,
  installIndexPage,
  installPage,
  viewOf,
} from '@see/ui';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';

const Query = Type.Object({ certificate: Type.Optional(Hex32) });

/** `/install` and `/install/<device>`; with `?certificate=` for those who have just got one and go on to the test. */
export function installRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/install',
    { config: { operation: 'portal.install', public: true }, schema: { querystring: Query } },
    async (request) => installIndexPage(viewOf(ra.site, request), await onwardOf(ra, request.query.certificate)),
  );
  scope.get(
    '/install/:device',
    {
      config: { operation: 'portal.install-device', public: true },
      schema: { params: Type.Object({ device: Type.String({ maxLength: 40 }) }), querystring: Query },
    },
    async (request) => {
      const device = INSTALL_DEVICES.find((known): known is InstallDevice => known === request.params.device);
      if (!device) throw new Refusal('not-found', 'There are no steps for a device of this name.');
      return installPage(viewOf(ra.site, request), device, await onwardOf(ra, request.query.certificate));
    },
  );
}

async function onwardOf(ra: Ra, certificate: string | undefined): Promise<InstallOnward | undefined> {
  const found = certificate && (await findCertificateByHash(ra.db, Uint8Array.fromHex(certificate)));
  return found ? { certificate, signsIn: found.profileId === 'user-auth' } : undefined;
}
