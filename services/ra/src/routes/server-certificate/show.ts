import { type App, Type } from '@see/http';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Hex32, Time } from '../../schemas/fields.ts';
import { tlsState } from '../../tls/tls-state.ts';

const Certificate = Type.Object({
  source: Type.Enum(['registry', 'files'], {
    description: 'registry: issued by this instance for a key of its own; files: SEE_TLS_CERTIFICATE, SEE_TLS_KEY',
  }),
  sha256: Hex32,
  serial: Type.String(),
  names: Type.Array(Type.String()),
  notBefore: Time,
  notAfter: Time,
});

const ServerCertificateSchema = Type.Object(
  {
    state: Type.Enum(['serving', 'ending', 'closed'], { description: 'ending: within 30 days of its end' }),
    detail: Type.String({ description: 'In words, with what to do' }),
    doors: Type.Object({
      https: Type.Boolean({ description: 'Whether it is listened on' }),
      mtls: Type.Boolean(),
    }),
    hosts: Type.Array(Type.String(), { description: 'The host names that a certificate is wanted for' }),
    certificate: Type.Union([Certificate, Type.Null()]),
    request: Type.Union(
      [Type.Object({ csr: Type.String({ description: 'PKCS#10 as PEM' }), spkiSha256: Hex32 }), Type.Null()],
      { description: 'The request for the next certificate, to be ordered; its key never leaves ra' },
    ),
  },
  { title: 'ServerCertificate' },
);

export function showServerCertificate(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/server-certificate',
    {
      config: access('server-certificate.show'),
      schema: {
        summary: 'The certificate of our own TLS doors, and the request for the next one',
        tags: ['status'],
        response: { 200: ServerCertificateSchema },
      },
    },
    async () => {
      const { identity, waiting, doors, hosts } = ra.serverCertificate;
      return {
        ...tlsState(ra.serverCertificate, ra.now()),
        doors,
        hosts: [...hosts],
        certificate: identity
          ? {
              source: identity.source,
              sha256: identity.sha256,
              serial: identity.serial,
              names: [...identity.names],
              notBefore: identity.notBefore.toISOString(),
              notAfter: identity.notAfter.toISOString(),
            }
          : null,
        request: waiting ? { csr: waiting.csr, spkiSha256: waiting.spkiSha256 } : null,
      };
    },
  );
}
