import { listGoodCertificates, type ReissuableCertificate } from '@see/db/ra';
import { activeProfile, permittedReason, type RevocationReason } from '@see/domain';
import { profileOf } from '@see/policy';
import type { Ra } from '../../ra.ts';
import { organizationNameOf } from './organization-name.ts';

const PAGE = 500;

/** A certificate that carries a former name of its agency. */
export interface FormerNameCertificate {
  readonly ca: string;
  readonly serial: string;
  readonly sha256: string;
  readonly profile: string;
  /** The person, or the names of a gateway or host. */
  readonly holder: string;
  readonly reason: RevocationReason;
}

/**
 * The good certificates of an agency that carry a former name of it: those that have a good successor with another name, which
 * may be revoked when the overlap is over (section 8.4), and those that have none yet. Nothing is written.
 */
export async function formerNameCertificates(
  ra: Ra,
  agencyId: string,
  organizationName: string,
): Promise<{
  readonly replaced: readonly FormerNameCertificate[];
  readonly unreplaced: readonly FormerNameCertificate[];
}> {
  const former: ReissuableCertificate[] = [];
  const renamed = new Set<string>();
  for (let after = 0; ; ) {
    const page = await listGoodCertificates(ra.db, agencyId, after, PAGE, ra.now());
    for (const one of page) {
      if (organizationNameOf(one.der) === organizationName) former.push(one);
      else renamed.add(holderOf(one));
    }
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) break;
  }
  const { true: replaced = [], false: unreplaced = [] } = Object.groupBy(former, (one) =>
    renamed.has(holderOf(one)) ? 'true' : 'false',
  );
  return { replaced: replaced.map((one) => viewOf(ra, one)), unreplaced: unreplaced.map((one) => viewOf(ra, one)) };
}

/** Whom a certificate stands for, and what it is for. */
function holderOf({ profileId, personId, names }: ReissuableCertificate): string {
  return JSON.stringify([profileId, personId ?? names.toSorted()]);
}

function viewOf(ra: Ra, one: ReissuableCertificate): FormerNameCertificate {
  const active = activeProfile(ra.authority.current, one.profileId);
  return {
    ca: one.ca,
    serial: one.serial.toHex(),
    sha256: one.sha256.toHex(),
    profile: one.profileId,
    holder: one.displayName ?? one.names.join(', '),
    reason: permittedReason('affiliationChanged', active && profileOf(active.content)),
  };
}
