import { type App, Type } from '@see/http';
import { encodePem } from '@see/x509';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { Time } from '../../schemas/fields.ts';

const CaSchema = Type.Object(
  { id: Type.String(), ski: Type.String(), notAfter: Time, pem: Type.String() },
  { title: 'Ca' },
);

export function listCas(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/cas',
    {
      config: access('ca.list'),
      schema: {
        summary: 'Our certification authorities',
        tags: ['cas'],
        response: { 200: Type.Object({ items: Type.Array(CaSchema) }) },
      },
    },
    async () => ({
      items: ra.cas.all().map(({ id, ski, notAfter, certificate }) => ({
        id,
        ski,
        notAfter: notAfter.toISOString(),
        pem: encodePem('CERTIFICATE', certificate),
      })),
    }),
  );
}
