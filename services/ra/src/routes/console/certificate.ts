import { type App, actorOf, Type } from '@see/http';
import { t } from '@see/language';
import { apiText, certificatePage, viewOf } from '@see/ui';
import { asAttachment } from '../../attachment.ts';
import { auditActor } from '../../audit-actor.ts';
import { CERTIFICATE_FORMS, type CertificateForm, certificateFile } from '../../operations/certificate-file.ts';
import { certificateFor } from '../../operations/find-certificate.ts';
import { confirmByStatement } from '../../operations/renewal/confirm.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex32 } from '../../schemas/fields.ts';
import { certificateFacts } from './certificate-facts.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

const Params = Type.Object({ id: Hex32 });
const DONE = {
  revoked: t`The certificate is revoked. OCSP says so now, the revocation list within a minute.`,
  held: t`The certificate is on hold. OCSP says so now, the revocation list within a minute.`,
  confirmed: t`It is recorded that the certificate works. The directory offers it from now on.`,
  sealing: t`The file is being sealed by the audit log. Ask for it again in a few seconds.`,
} as const;

/** The page of a certificate, and its files. */
export function certificateRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/console/certificates/:id',
    {
      config: access('certificate.show'),
      schema: {
        params: Params,
        querystring: Type.Object({ done: Type.Optional(Type.Enum(['revoked', 'held', 'confirmed', 'sealing'])) }),
      },
    },
    async (request) => {
      const certificate = await certificateFor(ra, actorOf(request), 'certificate.show', request.params.id);
      const { done } = request.query;
      const facts = await certificateFacts(ra, request, certificate, done && DONE[done as keyof typeof DONE]);
      return certificatePage(viewOf(ra.site, request), readerOf(ra, request), facts);
    },
  );
  scope.post(
    '/console/certificates/:id/confirm',
    {
      config: access('certificate.confirm'),
      schema: {
        params: Params,
        body: Type.Object({ formToken: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const actor = actorOf(request);
      const certificate = await certificateFor(ra, actor, 'certificate.confirm', request.params.id);
      try {
        await confirmByStatement(ra, auditActor(request), actor.personId, certificate);
      } catch (error) {
        return refuseOnPage(request, error, async (said) => {
          const facts = await certificateFacts(ra, request, certificate, undefined);
          return certificatePage(viewOf(ra.site, request), readerOf(ra, request), {
            ...facts,
            errors: [{ text: apiText(said) }],
          });
        });
      }
      return reply.redirect(`/console/certificates/${request.params.id}?done=confirmed`, 303);
    },
  );
  for (const form of Object.keys(CERTIFICATE_FORMS) as CertificateForm[]) {
    scope.get(
      `/console/certificates/:id/file.${form}`,
      { config: access('certificate.download'), schema: { params: Params } },
      async (request, reply) => {
        const { id } = request.params as { id: string };
        const certificate = await certificateFor(ra, actorOf(request), 'certificate.download', id);
        const file = await certificateFile(ra, certificate, form);
        return asAttachment(reply.type(file.type), file.name).send(file.body);
      },
    );
  }
}
