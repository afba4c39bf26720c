import { findCertificateByHash } from '@see/db/ra';
import type { Refusal } from '@see/domain';
import type { Ra } from '../ra.ts';
import { refusedFor } from '../refusal.ts';

/**
 * Refuses an order that says it replaces what it does not: each one named is a certificate of the same agency, of one of the
 * order's profiles and, where it names a person, of the applicant. Whether it is still good does not matter: a lost one is
 * replaced too.
 */
export async function assertReplaces(
  ra: Ra,
  wish: {
    readonly agencyId: string;
    readonly applicantId: string;
    readonly items: readonly { readonly profile: string }[];
    readonly replaces?: readonly string[];
  },
): Promise<void> {
  const faults: Refusal[] = [];
  for (const [index, hex] of (wish.replaces ?? []).entries()) {
    const found = await findCertificateByHash(ra.db, Uint8Array.fromHex(hex));
    const fits =
      found?.agencyId === wish.agencyId &&
      (found.personId === null || found.personId === wish.applicantId) &&
      wish.items.some(({ profile }) => profile === found.profileId);
    if (fits) continue;
    faults.push({
      code: 'replaces-other',
      message: `the order can not replace ${hex}: it is no certificate of this holder and one of these profiles`,
      path: `replaces[${index}]`,
      source: 'section 8.4',
      remedy: 'name it by its SHA-256: see cert list',
    });
  }
  if (faults.length > 0) throw refusedFor('order-refused', faults);
}
