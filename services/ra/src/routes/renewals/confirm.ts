import { type App, actorOf, type Limit, Type } from '@see/http';
import { auditActor } from '../../audit-actor.ts';
import { CERTIFICATE_REFERENCE, certificateFor } from '../../operations/find-certificate.ts';
import { confirmBySignature, confirmByStatement } from '../../operations/renewal/confirm.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { SIGNED_BODY_LIMIT, signedBody, signedRequestOf, takeSignedOctets } from './signed-body.ts';

const Answer = Type.Object({ sha256: Type.String(), serial: Type.String() });

/** `POST /certificates/:id/confirm`: somebody who signed in says that the key works. */
export function confirmCertificate(scope: App, ra: Ra): void {
  scope.post(
    '/api/v1/certificates/:id/confirm',
    {
      config: access('certificate.confirm'),
      schema: {
        summary: 'Confirm that the key of a new encryption certificate works',
        description: 'The directory has it from then on, in place of the one that it replaces.',
        tags: ['certificates'],
        params: Type.Object({ id: Type.String({ pattern: CERTIFICATE_REFERENCE }) }),
        response: { 200: Answer },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const found = await certificateFor(ra, actor, 'certificate.confirm', request.params.id);
      await confirmByStatement(ra, auditActor(request), actor.personId, found);
      return { sha256: found.sha256.toHex(), serial: found.serial.toHex() };
    },
  );
}

/** `POST /confirmations`: the same, signed by the holder's current signing certificate. */
export function createConfirmation(scope: App, ra: Ra, limit: Limit): void {
  scope.register(async (inner: App) => {
    takeSignedOctets(inner);
    inner.post(
      '/api/v1/confirmations',
      {
        config: { operation: 'confirmation.create', public: true },
        onRequest: limit,
        bodyLimit: SIGNED_BODY_LIMIT,
        schema: {
          summary: 'Confirm a new encryption certificate with the holder’s signing key',
          description:
            'CMS SignedData as for renewals, over the new certificate (PEM or DER), by the signing certificate of the same gateway or person.',
          tags: ['renewals'],
          body: signedBody,
          response: { 200: Answer },
        },
      },
      async (request) => {
        const found = await confirmBySignature(ra, auditActor(request), signedRequestOf(request.body));
        return { sha256: found.sha256.toHex(), serial: found.serial.toHex() };
      },
    );
  });
}
