import type { AuditActor } from '@see/db';
import type { CertificateRow } from '@see/db/ra';
import type { Ra } from '../../ra.ts';
import { revokeCertificate } from '../change-status.ts';

/** Why a holder revokes: the reasons that somebody may give for themselves. */
export const HOLDER_REASONS = ['keyCompromise', 'superseded', 'cessationOfOperation'] as const;
export type HolderReason = (typeof HOLDER_REASONS)[number];

/**
 * Suspends or revokes a certificate for its holder, who has shown another or the same one. Profile, limits an hour and the
 * audit trail are those of every revocation (see `revokeCertificate`). That the certificate is theirs is the caller's to check.
 */
export async function endOwnCertificate(
  ra: Ra,
  by: AuditActor,
  certificate: CertificateRow,
  wish: { readonly action: 'hold' } | { readonly action: 'revoke'; readonly reason: HolderReason },
): Promise<Date> {
  const reason = wish.action === 'hold' ? 'certificateHold' : wish.reason;
  return revokeCertificate(ra, by, certificate, { action: wish.action, reason });
}
