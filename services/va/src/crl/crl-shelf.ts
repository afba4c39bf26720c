import { createHash } from 'node:crypto';
import { type CertificateList, parseCrl } from '@see/x509';
import type { Remembered } from '../status/effective-status.ts';
import { signatureHolds } from '../trust/signature.ts';
import type { TrustedCa } from '../trust/trusted-ca.ts';

/** A CRL that was verified. */
export interface ShelvedCrl {
  readonly ca: string;
  readonly number: bigint;
  readonly der: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Hex SHA-256 of the octets. */
  readonly sha256: string;
  /** By serial number, hex. */
  readonly entries: ReadonlyMap<string, Remembered>;
}

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

/** The newest verified CRL of each CA. */
export class CrlShelf {
  readonly #crls = new Map<string, ShelvedCrl>();

  get(ca: string): ShelvedCrl | undefined {
    return this.#crls.get(ca);
  }

  all(): Iterable<ShelvedCrl> {
    return this.#crls.values();
  }

  /** What the CA's newest CRL says of a serial number. */
  listed(ca: string, serial: string): Remembered | undefined {
    return this.#crls.get(ca)?.entries.get(serial);
  }

  /** Puts a CRL on the shelf in place of an older one; returns whether it is newer than what was there. */
  put(crl: ShelvedCrl): boolean {
    const present = this.#crls.get(crl.ca);
    if (present && present.number >= crl.number) return false;
    this.#crls.set(crl.ca, crl);
    return true;
  }
}

/**
 * Verifies a CRL on its own octets: it parses to the last entry, is a full CRL of this CA, verifies with the CA's key,
 * has both times and a number that is not below `atLeast`. Throws CrlRefusedError. An expired one is taken: what it
 * says is revoked stays revoked.
 */
export async function verifyCrl(der: Uint8Array, ca: TrustedCa, atLeast: bigint, now: Date): Promise<ShelvedCrl> {
  const refuse = (code: CrlRefusedError['code'], message: string) =>
    new CrlRefusedError(code, `CRL of ${ca.id}: ${message}`);
  let crl: CertificateList;
  let entries: Map<string, Remembered>;
  try {
    crl = parseCrl(der);
    entries = readEntries(crl);
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

const CERTIFICATE_HOLD = 6;

function readEntries(crl: CertificateList): Map<string, Remembered> {
  const entries = new Map<string, Remembered>();
  for (const entry of crl.entries) {
    if (entry.unknownCritical !== undefined)
      throw new TypeError(`an entry has the critical extension ${entry.unknownCritical}`);
    const reason = entry.reason ?? 0;
    entries.set(entry.serialHex, {
      kind: reason === CERTIFICATE_HOLD ? 'held' : 'revoked',
      reason,
      revokedAt: entry.revocationDate,
      ...(entry.invalidityDate ? { invalidityDate: entry.invalidityDate } : {}),
    });
  }
  return entries;
}
