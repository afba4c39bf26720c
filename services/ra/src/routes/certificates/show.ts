import { type App, actorOf, Type } from '@see/http';
import { certificateDetail } from '../../operations/certificate-view.ts';
import { CERTIFICATE_REFERENCE, certificateFor } from '../../operations/find-certificate.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { CertificateDetailSchema } from '../../schemas/certificate.ts';

export function showCertificate(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/certificates/:id',
    {
      config: access('certificate.show'),
      schema: {
        summary: 'One certificate by its SHA-256 or serial number (hex)',
        tags: ['certificates'],
        params: Type.Object({ id: Type.String({ pattern: CERTIFICATE_REFERENCE }) }),
        response: { 200: CertificateDetailSchema },
      },
    },
    async (request) =>
      certificateDetail(ra, await certificateFor(ra, actorOf(request), 'certificate.show', request.params.id)),
  );
}
