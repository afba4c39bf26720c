import { type App, Refusal, Type } from '@see/http';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { activeProfiles, ProfileSchema } from '../../schemas/profile.ts';

export function showProfile(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/profiles/:id',
    {
      config: access('profile.show'),
      schema: {
        summary: 'One active profile',
        tags: ['profiles'],
        params: Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' }) }),
        response: { 200: ProfileSchema },
      },
    },
    async (request) => {
      const found = activeProfiles(ra).find(({ id }) => id === request.params.id);
      if (!found) throw new Refusal('not-found', 'There is no active profile with this id.');
      return found;
    },
  );
}
