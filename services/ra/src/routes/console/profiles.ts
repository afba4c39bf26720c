import { activeProfile } from '@see/domain';
import { type App, Refusal, Type } from '@see/http';
import { profileOf } from '@see/policy';
import { profilePage, profilesPage, viewOf } from '@see/ui';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { readerOf } from './session.ts';

const Version = Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$' }));

/** Profiles in plain language, with every version that ever was in force. */
export function profileRoutes(scope: App, ra: Ra): void {
  scope.get('/console/profiles', { config: access('profile.list') }, async (request) => {
    const active = [...ra.authority.current.profiles.values()].filter((one) => one.active);
    const profiles = active.map(({ content }) => profileOf(content)).sort((a, b) => a.title.localeCompare(b.title));
    return profilesPage(viewOf(ra.site, request), readerOf(ra, request), profiles);
  });
  scope.get(
    '/console/profiles/:id',
    {
      config: access('profile.show'),
      schema: {
        params: Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' }) }),
        querystring: Type.Object({ version: Version, against: Version }, { additionalProperties: false }),
      },
    },
    async (request) => {
      const { id } = request.params;
      const versions = [...ra.authority.current.profiles.values()]
        .filter((one) => one.id === id)
        .map(({ content, active }) => ({ profile: profileOf(content), active }))
        .sort((a, b) => b.profile.version - a.profile.version);
      const find = (version: string | undefined) => versions.find(({ profile }) => String(profile.version) === version);
      const inForce = activeProfile(ra.authority.current, id)?.version;
      const shown = find(request.query.version ?? String(inForce ?? versions[0]?.profile.version));
      if (!shown) throw new Refusal('not-found', 'There is no such profile, or no such version of it.');
      const { against } = request.query;
      const before = against === undefined ? undefined : find(against);
      if (against !== undefined && !before) throw new Refusal('not-found', 'There is no such version of the profile.');
      return profilePage(viewOf(ra.site, request), readerOf(ra, request), {
        shown,
        against: before?.profile,
        versions,
      });
    },
  );
}
