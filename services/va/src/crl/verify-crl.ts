import { createHash } from 'node:crypto';
import { type CertificateList, parseCrl } from '@see/x509';
import { signatureHolds } from '../trust/signature.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import type { ShelvedCrl } from './crl-shelf.ts';
import { ListedEntries } from './listed-entries.ts';

/** A CRL that is not taken. The octets stay unpublished. */
export class CrlRefusedError extends Error {
  override readonly name = 'CrlRefusedError';
  readonly code: 'malformed' | 'other-issuer' | 'bad-signature' | 'not-full' | 'bad-times' | 'goes-back';

  constructor(code: CrlRefusedError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** How far a CRL's thisUpdate may lie ahead of our clock. */
const SKEW_MS = 300_000;

/**
 * Verifies a CRL on its own octets: it parses to the last entry, is a full CRL of this CA, verifies with the CA's key,
 * has both times and a number that is not below `atLeast`. Throws CrlRefusedError. An expired one is taken: what it
 * says is revoked stays revoked.
 */
export async function verifyCrl(der: Uint8Array, ca: TrustedCa, atLeast: bigint, now: Date): Promise<ShelvedCrl> {
  const refuse = (code: CrlRefusedError['code'], message: string) =>
    new CrlRefusedError(code, `CRL of ${ca.id}: ${message}`);
  let crl: CertificateList;
  let entries: ListedEntries;
  try {
    crl = parseCrl(der);
    entries = await ListedEntries.read(crl.entries);
  } catch (error) {
    throw refuse('malformed', (error as Error).message);
  }
  if (!Buffer.from(crl.issuerDer).equals(ca.certificate.subjectDer)) throw refuse('other-issuer', 'issuer is another');
  const { crlNumber: number, nextUpdate, thisUpdate } = crl;
  if (number === undefined || crl.extensions.some((extension) => extension.critical))
    throw refuse('not-full', 'it is no full CRL with a number');
  if (nextUpdate === undefined || nextUpdate <= thisUpdate || thisUpdate.getTime() > now.getTime() + SKEW_MS)
    throw refuse('bad-times', 'its times make no sense');
  if (number < atLeast) throw refuse('goes-back', `number ${number} is below ${atLeast}`);
  if (!(await signatureHolds(crl, ca.publicKey))) throw refuse('bad-signature', 'the signature does not verify');
  return {
    ca: ca.id,
    number,
    der,
    thisUpdate,
    nextUpdate,
    sha256: createHash('sha256').update(der).digest('hex'),
    entries,
  };
}
