import { createHash } from 'node:crypto';
import {
  type AnsweredCheck,
  type CertificateRow,
  findCheckByLink,
  listPersonCertificates,
  listRevocations,
} from '@see/db/ra';
import { Refusal } from '@see/http';
import type { Ra } from '../../ra.ts';
import { statusView } from '../certificate-view.ts';

/** What a link in a mail about lost certificates is about. */
export interface LostCertificates {
  readonly check: AnsweredCheck;
  readonly token: Uint8Array;
  /** The certificates of the person that are good or suspended, the newest first. */
  readonly certificates: readonly CertificateRow[];
}

/** Reads what a link is about, while it can be used. Changes nothing: programs follow links too. Throws Refusal `link-over`. */
export async function readLostCertificates(ra: Ra, link: string): Promise<LostCertificates> {
  const token = new Uint8Array(Buffer.from(link, 'base64url'));
  const check = await findCheckByLink(ra.db, new Uint8Array(createHash('sha256').update(token).digest()));
  if (!check?.open || check.purpose !== 'reissue')
    throw new Refusal(
      'link-over',
      'It was used, its 24 hours are over, or the address was changed. Ask for a new mail.',
    );
  const all = await listPersonCertificates(ra.db, check.personId, ra.now());
  const personal = all.filter(({ ca }) => ca === 'individual');
  const events = await listRevocations(
    ra.db,
    personal.map(({ id }) => id),
  );
  const certificates = personal.filter((row) => statusView(row, events.get(row.id) ?? [], ra.now()).kind !== 'revoked');
  return { check, token, certificates };
}
