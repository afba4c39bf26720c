import { type App, Type } from '@see/http';
import type { Ra } from '../../ra.ts';
import { Uuid } from '../../schemas/fields.ts';

const InstanceSchema = Type.Object(
  {
    instance: Uuid,
    preset: Type.Enum(['evaluation', 'production']),
    rootFingerprint: Type.String({
      description: 'SHA-256 of the root certificate, hex; compare it with what you were given',
    }),
    urls: Type.Object({ va: Type.String(), portal: Type.String(), desk: Type.String() }),
  },
  { title: 'Instance' },
);

/** The public facts that every client needs and may know. They prove nothing. */
export function showInstance(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/instance',
    {
      config: { operation: 'instance.show', public: true },
      schema: { summary: 'Public facts of this instance', tags: ['status'], response: { 200: InstanceSchema } },
    },
    async () => ({
      instance: ra.instance,
      preset: ra.site.preset,
      rootFingerprint: ra.site.rootFingerprint,
      urls: ra.site.urls,
    }),
  );
}
