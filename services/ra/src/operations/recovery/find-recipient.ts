import { findCertificateDer, listCertificates, listRevocations } from '@see/db/ra';
import { Refusal } from '@see/http';
import { decodePem, encodePem, PemError } from '@see/x509';
import type { Ra } from '../../ra.ts';
import { statusView } from '../certificate-view.ts';
import { searchFilter } from '../find-certificate.ts';

/** Certificates that are looked through for one that is good. */
const MOST = 20;

/**
 * The recipient's certificate as PEM, by what somebody knows of it: PEM (of a chain, the first), its SHA-256 or serial number, or the
 * mail address in it, which means the newest good one for encryption. Whether a key may go to it is `readRecipient`'s to say.
 * Throws Refusal `recovery-refused`.
 */
export async function findRecipient(ra: Ra, text: string): Promise<string> {
  if (text.includes('-----BEGIN')) return firstOf(text);
  const { rows } = await listCertificates(ra.db, searchFilter(text), MOST, undefined);
  const events = await listRevocations(
    ra.db,
    rows.map(({ id }) => id),
  );
  const now = ra.now();
  const good = rows.filter((row) => statusView(row, events.get(row.id) ?? [], now).kind === 'good');
  const found = good.find(({ profileId }) => profileId.endsWith('-encrypt')) ?? good[0];
  const der = found && (await findCertificateDer(ra.db, found.id));
  if (!der) throw refuse('No good certificate for encryption was found by this.');
  return encodePem('CERTIFICATE', der);
}

function firstOf(pem: string): string {
  try {
    const [first] = decodePem(pem, 'CERTIFICATE');
    if (first) return encodePem('CERTIFICATE', first);
  } catch (error) {
    if (!(error instanceof PemError)) throw error;
  }
  throw refuse('This is no certificate in PEM form. It begins with BEGIN CERTIFICATE.');
}

function refuse(message: string): Refusal {
  const violation = { code: 'recipient-unknown', message, path: 'recipient', source: 'section 8.5' };
  return new Refusal('recovery-refused', message, { violations: [violation] });
}
