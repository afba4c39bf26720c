import { type CanonicalValue, canonicalBytes, type Statement, statementDigest } from '@see/statement';
import type { Fields } from '../fields.ts';
import { refused } from '../refusal.ts';
import type { ActiveProfile, Authority } from './authority.ts';

/** The digest by which orders name a profile's content. */
export function profileDigest(content: unknown): string {
  return Buffer.from(statementDigest('profile', canonicalBytes(content))).toString('hex');
}

/**
 * `profile-activate`: one version of one profile becomes the active one. A version is immutable: the same id and
 * version with other content is refused for ever. What the content means is checked by the policy package, which the
 * signer asks before it accepts the statement.
 */
export function changeProfile(authority: Authority, fields: Fields, statement: Statement): Partial<Authority> {
  const content = fields.object('content');
  const id = content.text('id', /^[a-z][a-z0-9-]{1,40}$/);
  const version = content.integer('version', 1, 9999);
  fields.end();
  const value = statement.subject['content'] as CanonicalValue;
  const digest = profileDigest(value);
  const profiles = new Map(authority.profiles);
  for (const [key, known] of profiles) {
    if (known.id !== id) continue;
    if (known.version === version && known.digest !== digest) {
      throw refused(
        'profile-immutable',
        `profile ${id} version ${version} exists with other content; give it a new version`,
      );
    }
    profiles.set(key, { ...known, active: false });
  }
  const profile: ActiveProfile = { id, version, digest, content: value, active: true };
  profiles.set(digest, profile);
  return { profiles };
}
