import { type App, actorOf, Type } from '@see/http';
import { certificateFile, formAccepted } from '../../operations/certificate-file.ts';
import { CERTIFICATE_REFERENCE, certificateFor } from '../../operations/find-certificate.ts';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';

/** The certificate itself, in the form that Accept asks for. */
export function downloadCertificate(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/certificates/:id/file',
    {
      config: access('certificate.download'),
      schema: {
        summary: 'A certificate as a file',
        description:
          'By Accept: application/pem-certificate-chain (leaf first, then its chain; the default), ' +
          'application/pkix-cert (DER), application/pkcs7-mime (certs-only with the chain).',
        tags: ['certificates'],
        params: Type.Object({ id: Type.String({ pattern: CERTIFICATE_REFERENCE }) }),
        response: {
          200: {
            description: 'The file',
            content: {
              'application/pem-certificate-chain': { schema: Type.String() },
              'application/pkix-cert': { schema: Type.Unknown() },
              'application/pkcs7-mime': { schema: Type.Unknown() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const certificate = await certificateFor(ra, actorOf(request), 'certificate.download', request.params.id);
      const file = await certificateFile(ra, certificate, formAccepted(request.headers.accept));
      return reply
        .type(file.type)
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .header('vary', 'Accept')
        .send(file.body);
    },
  );
}
