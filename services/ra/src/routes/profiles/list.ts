import { type App, Type } from '@see/http';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { activeProfiles, ProfileSchema } from '../../schemas/profile.ts';

export function listProfiles(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/profiles',
    {
      config: access('profile.list'),
      schema: {
        summary: 'Active profiles',
        tags: ['profiles'],
        response: { 200: Type.Object({ items: Type.Array(ProfileSchema) }) },
      },
    },
    async () => ({ items: activeProfiles(ra) }),
  );
}
