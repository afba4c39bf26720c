import { findCertificateByHash } from '@see/db/ra';
import { activeProfile } from '@see/domain';
import { type App, Refusal, Type } from '@see/http';
import { profileOf, renewalOpensAt } from '@see/policy';
import { donePage, viewOf } from '@see/ui';
import { renewalRule } from '../../operations/renewal/renewal-facts.ts';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';

/** `/done/<SHA-256>`: the end of an enrolment or renewal. Like the calendar file it is open to whoever knows the fingerprint, and has no name. */
export function doneRoute(scope: App, ra: Ra): void {
  scope.get(
    '/done/:certificate',
    {
      config: { operation: 'portal.done', public: true },
      schema: { params: Type.Object({ certificate: Hex32 }) },
    },
    async (request) => {
      const found = await findCertificateByHash(ra.db, Uint8Array.fromHex(request.params.certificate));
      if (!found) throw new Refusal('not-found', 'There is no certificate with this fingerprint.');
      const rule = renewalRule(ra, found.profileId);
      const active = activeProfile(ra.authority.current, found.profileId);
      return donePage(viewOf(ra.site, request), {
        sha256: found.sha256.toHex(),
        serial: found.serial.toHex(),
        profile: found.profileId,
        title: active ? profileOf(active.content).title : found.profileId,
        notAfter: found.notAfter,
        renewFrom: rule ? renewalOpensAt(rule, found) : undefined,
      });
    },
  );
}
