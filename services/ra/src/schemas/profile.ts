import { Type } from '@see/http';
import { profileOf } from '@see/policy';
import type { Ra } from '../ra.ts';

export const ProfileSchema = Type.Object(
  {
    id: Type.String(),
    version: Type.Integer(),
    digest: Type.String(),
    title: Type.String(),
    description: Type.String(),
    ca: Type.String(),
    quorum: Type.Integer(),
    validityDays: Type.Integer(),
    maxValidityDays: Type.Integer(),
    holdPermitted: Type.Boolean(),
    keySources: Type.Array(Type.String()),
    content: Type.Unknown({ description: 'The content that two administrators signed' }),
  },
  { title: 'Profile' },
);

/** The active version of every profile, by id. */
export function activeProfiles(ra: Ra) {
  return [...ra.authority.current.profiles.values()]
    .filter((profile) => profile.active)
    .sort((a, b) => a.id.localeCompare(b.id))
    .map((active) => {
      const profile = profileOf(active.content);
      const { id, version, digest, title, description, ca, quorum, validityDays, maxValidityDays, holdPermitted } =
        profile;
      const keySources = [...profile.keySources];
      const { content } = active;
      return {
        id,
        version,
        digest,
        title,
        description,
        ca,
        quorum,
        validityDays,
        maxValidityDays,
        holdPermitted,
        keySources,
        content,
      };
    });
}
