import { createPublicKey, verify } from 'node:crypto';
import { REVOCATION_REASONS } from '@see/domain';
import { parseCrl } from '@see/x509';
import type { ListedEntry, PreviousCrl } from './crl-entries.ts';
import { IssuanceError } from './linted-tbs.ts';
import type { IssuingCa } from './prepare-certificate.ts';
import { hashOf } from './signing-key.ts';

const HOLD: number = REVOCATION_REASONS.certificateHold;

/**
 * The last look at a CRL before it is published (promise 8): it parses, is this CA's, verifies with the CA's key, its
 * number and time rise, it does not end before it starts, no entry of the last CRL is missing unless `mayLeave` vouches
 * for it, and none went back from revoked to held. Works on the finished octets alone. Throws IssuanceError `crl-gate`.
 */
export function assertPublishable(
  der: Uint8Array,
  ca: IssuingCa,
  last: (PreviousCrl & { readonly number: bigint }) | undefined,
  mayLeave: (entry: ListedEntry) => boolean,
): void {
  const fault = (message: string) => new IssuanceError('crl-gate', `CRL of ${ca.id}: ${message}`);
  const crl = parseCrl(der);
  if (!Buffer.from(crl.issuerDer).equals(ca.subjectDer)) throw fault('issuer is another');
  const key = createPublicKey({ key: Buffer.from(ca.key.spki), format: 'der', type: 'spki' });
  if (!verify(hashOf(ca.key.algorithm), crl.tbs, key, crl.signature)) throw fault('signature does not verify');
  if (crl.crlNumber === undefined || crl.nextUpdate === undefined) throw fault('number or nextUpdate is missing');
  if (crl.nextUpdate <= crl.thisUpdate) throw fault('ends before it starts');
  if (!last) return;
  if (crl.crlNumber <= last.number) throw fault(`number ${crl.crlNumber} does not rise over ${last.number}`);
  if (crl.thisUpdate < last.thisUpdate) throw fault('is older than the last one');
  const reasons = new Map<string, number>();
  for (const entry of crl.entries) reasons.set(entry.serialHex, entry.reason ?? 0);
  for (const entry of last.entries) {
    const hex = entry.serial.toHex();
    const reason = reasons.get(hex);
    if (reason === undefined && !mayLeave(entry)) throw fault(`lost entry ${hex}`);
    if (reason === HOLD && entry.reason !== HOLD) throw fault(`entry ${hex} went from revoked to held`);
  }
}
