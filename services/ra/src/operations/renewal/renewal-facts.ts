import { type CertificateRow, findDirectoryStanding, findSuccessor } from '@see/db/ra';
import { activeProfile } from '@see/domain';
import { overlapEndsAt, profileOf, type RenewalRule, renewalOpensAt } from '@see/policy';
import type { Ra } from '../../ra.ts';

/** The rule under which a certificate is renewed today; null when it is not. */
export function renewalRule(ra: Ra, profileId: string): RenewalRule | null {
  const active = activeProfile(ra.authority.current, profileId);
  return active ? profileOf(active.content).renewal : null;
}

/** When a certificate can be renewed, what has taken its place, and how it stands with the directory. */
export async function renewalFacts(ra: Ra, certificate: CertificateRow) {
  const rule = renewalRule(ra, certificate.profileId);
  const [successor, standing] = await Promise.all([
    findSuccessor(ra.db, certificate.sha256),
    findDirectoryStanding(ra.db, certificate.id),
  ]);
  return {
    opensAt: rule ? renewalOpensAt(rule, certificate).toISOString() : null,
    supersededBy: successor ? successor.sha256.toHex() : null,
    overlapEndsAt:
      rule && successor ? overlapEndsAt(rule, successor.notBefore, certificate.notAfter).toISOString() : null,
    directory: standing ? (standing.waits ? ('waits' as const) : ('listed' as const)) : null,
    confirmedAt: standing?.confirmedAt?.toISOString() ?? null,
  };
}
