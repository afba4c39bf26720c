import { type CertificateFilter, type CertificateRow, findCertificateByHash, listCertificates } from '@see/db/ra';
import { type Actor, Refusal } from '@see/http';
import { fromHex } from '@see/x509';
import { authorise, type Operation } from '../permissions.ts';
import type { Ra } from '../ra.ts';

/** How a certificate is named in addresses: SHA-256 of its DER, or its serial number; lower-case hex. */
export const CERTIFICATE_REFERENCE = '^(?:[0-9a-f]{64}|(?:[0-9a-f]{2}){8,20})$';

/** The certificate of that name, when the actor may do this to it. For others it does not exist. */
export async function certificateFor(
  ra: Ra,
  actor: Actor,
  operation: Operation,
  reference: string,
): Promise<CertificateRow> {
  const octets = fromHex(reference);
  const found =
    octets === undefined
      ? undefined
      : octets.length === 32
        ? await findCertificateByHash(ra.db, octets)
        : (await listCertificates(ra.db, { serial: octets }, 1, undefined)).rows[0];
  if (!found) throw new Refusal('not-found', 'There is no certificate under this name.');
  authorise(actor, operation, found.agencyId);
  return found;
}

/** What a search text means: a fingerprint or key hash, a serial number, a mail address or host, or the start of a name. */
export function searchFilter(text: string): CertificateFilter {
  const trimmed = text.trim();
  const hex = trimmed.replaceAll(/[\s:]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hex)) return { hash: Uint8Array.fromHex(hex) };
  if (/^(?:[0-9a-f]{2}){8,20}$/.test(hex)) return { serial: Uint8Array.fromHex(hex) };
  if (/^[^\s@]+@[^\s@]+$/.test(trimmed) || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(trimmed)) {
    return { name: trimmed.toLowerCase() };
  }
  return { holder: trimmed };
}
