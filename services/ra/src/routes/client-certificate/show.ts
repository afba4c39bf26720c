import { type App, doorOf, Refusal, Type } from '@see/http';
import { rememberClient, rolesOfClient, roleText } from '../../client-certificate/operator-client.ts';
import type { Ra } from '../../ra.ts';
import { Hex32, PersonId, Time } from '../../schemas/fields.ts';

const ClientCertificateSchema = Type.Object(
  {
    personId: PersonId,
    displayName: Type.String(),
    sha256: Hex32,
    serial: Type.String(),
    profile: Type.String(),
    notAfter: Time,
    roles: Type.Array(Type.String(), {
      description: 'What the holder may act as with it: values of the header See-Role. None for a personal certificate',
    }),
  },
  { title: 'ClientCertificate' },
);

/** Whom the client certificate of the connection names: for trying out a certificate, personal ones included. */
export function showClientCertificate(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/client-certificate',
    {
      config: { operation: 'client-certificate.show', public: true },
      schema: {
        summary: 'Whom your client certificate names; at the port for mutual TLS',
        tags: ['status'],
        response: { 200: ClientCertificateSchema },
      },
    },
    async (request) => {
      if (doorOf(request) !== 'mtls') {
        throw new Refusal('certificate-required', `Client certificates are looked at at ${ra.doors.mtls[0]} only.`, {
          headers: { 'www-authenticate': 'Certificate realm="see-pki"' },
        });
      }
      const client = await rememberClient(ra, request);
      const isOperator = client.profileId === 'operator' && ra.signIn.includes('certificate');
      return {
        personId: client.personId,
        displayName: client.displayName,
        sha256: client.sha256,
        serial: client.serial,
        profile: client.profileId,
        notAfter: client.notAfter.toISOString(),
        roles: isOperator ? rolesOfClient(ra, client).map(roleText) : [],
      };
    },
  );
}
