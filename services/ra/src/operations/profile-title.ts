import { activeProfile } from '@see/domain';
import { profileOf } from '@see/policy';
import type { Ra } from '../ra.ts';

/** What a profile is called; its id where none of that name is active. */
export function profileTitle(ra: Ra, profileId: string): string {
  const active = activeProfile(ra.authority.current, profileId);
  return active ? profileOf(active.content).title : profileId;
}
