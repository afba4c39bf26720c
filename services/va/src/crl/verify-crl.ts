import { createHash } from 'node:crypto';
import type { CrlScope } from '@see/issuance/crl-scope';
import { signatureHolds } from '@see/verify';
import { type CertificateList, oid, parseCrl, parseIssuingDistributionPoint } from '@see/x509';
import type { TrustedCa } from '../trust/trusted-ca.ts';
import { partOf } from './crl-list.ts';
import type { ShelvedCrl } from './crl-shelf.ts';
import { ListedEntries } from './listed-entries.ts';

/** A CRL that is not taken. The octets stay unpublished. */
export class CrlRefusedError extends Error {
  override readonly name = 'CrlRefusedError';
  readonly code: 'malformed' | 'other-issuer' | 'bad-signature' | 'other-scope' | 'bad-times' | 'goes-back';

  constructor(code: CrlRefusedError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** What a CRL has to be. */
export interface WantedCrl {
  readonly ca: TrustedCa;
  readonly scope: CrlScope;
  readonly atLeast: bigint;
  readonly now: Date;
  /** The address that a part has to name; where our URL is not known yet, how that address ends. */
  readonly address: string;
  /** The number of the newest full CRL, on which a delta has to stand; undefined where there is none. */
  readonly newestFull: bigint | undefined;
}

/** How far a CRL's thisUpdate may lie ahead of our clock. */
const SKEW_MS = 300_000;

/**
 * Verifies a CRL on its own octets: it parses to the last entry, is one of this CA and of this scope, verifies with the CA's
 * key, has both times and a number that is not below `atLeast`. Throws CrlRefusedError. An expired one is taken: what it
 * says is revoked stays revoked.
 */
export async function verifyCrl(der: Uint8Array, wanted: WantedCrl): Promise<ShelvedCrl> {
  const { ca, scope, atLeast, now } = wanted;
  const refuse = (code: CrlRefusedError['code'], message: string) =>
    new CrlRefusedError(code, `${scope} CRL of ${ca.id}: ${message}`);
  let crl: CertificateList;
  let entries: ListedEntries;
  let fault: string | undefined;
  try {
    crl = parseCrl(der);
    entries = await ListedEntries.read(crl.entries, scope === 'delta');
    fault = scopeFault(crl, entries, wanted);
  } catch (error) {
    throw refuse('malformed', (error as Error).message);
  }
  if (!Buffer.from(crl.issuerDer).equals(ca.certificate.subjectDer)) throw refuse('other-issuer', 'issuer is another');
  const { crlNumber: number, nextUpdate, thisUpdate } = crl;
  if (number === undefined || fault !== undefined) throw refuse('other-scope', fault ?? 'it has no number');
  if (nextUpdate === undefined || nextUpdate <= thisUpdate || thisUpdate.getTime() > now.getTime() + SKEW_MS)
    throw refuse('bad-times', 'its times make no sense');
  if (number < atLeast) throw refuse('goes-back', `number ${number} is below ${atLeast}`);
  if (!(await signatureHolds(crl, ca.publicKey))) throw refuse('bad-signature', 'the signature does not verify');
  return {
    ca: ca.id,
    scope,
    number,
    der,
    thisUpdate,
    nextUpdate,
    sha256: createHash('sha256').update(der).digest('hex'),
    entries,
  };
}

/** Why a list does not cover what its scope covers; throws where its extensions can not be read. */
function scopeFault(crl: CertificateList, entries: ListedEntries, wanted: WantedCrl): string | undefined {
  const { scope } = wanted;
  const critical = crl.extensions.filter((extension) => extension.critical).map((extension) => extension.oid);
  const point = crl.extension(oid.issuingDistributionPoint);
  const needed =
    scope === 'full' ? undefined : scope === 'delta' ? oid.deltaCrlIndicator : oid.issuingDistributionPoint;
  if (critical.some((type) => type !== needed))
    return 'it has a critical extension that a list of this scope does not have';
  if (needed !== undefined && critical.length !== 1) return 'it does not say that it is one';
  if (scope !== 'delta' && crl.baseCrlNumber !== undefined) return 'it is a delta';
  if ((scope === 'full' || scope === 'delta') && point) return 'it is limited to a part';
  if (scope === 'full') return undefined;
  return scope === 'delta' ? baseFault(crl, wanted) : partFault(point?.value, entries, wanted);
}

/** REV-9: a delta stands on a full list that was published, below its own number. */
function baseFault({ baseCrlNumber, crlNumber }: CertificateList, { newestFull }: WantedCrl): string | undefined {
  if (baseCrlNumber === undefined || crlNumber === undefined || baseCrlNumber >= crlNumber)
    return 'its base is not below it';
  return newestFull === undefined || baseCrlNumber > newestFull
    ? `its base ${baseCrlNumber} is not published`
    : undefined;
}

/** REV-12: a part names its own address, is limited in no other way, and lists what belongs to it. */
function partFault(point: Uint8Array | undefined, entries: ListedEntries, wanted: WantedCrl): string | undefined {
  if (!point) return 'it names no distribution point';
  const { distributionPoint, ...limits } = parseIssuingDistributionPoint(point);
  const [name, ...others] = distributionPoint?.fullName ?? [];
  const { address, scope } = wanted;
  const isIts =
    name?.kind === 'uniformResourceIdentifier' &&
    (address.startsWith('/') ? name.value.endsWith(address) : name.value === address);
  if (!isIts || others.length > 0) return `its distribution point is not ${address}`;
  if (Object.values(limits).some((limit) => limit !== false)) return 'it is limited further';
  // A part is a run of the sorted numbers: what lies between two of it is in it.
  const { ends } = entries;
  const count = Number.parseInt(scope, 10);
  const isInside = !ends || [ends.first, ends.last].every((serial) => partOf(serial.toHex(), count) === scope);
  return isInside ? undefined : 'it lists what belongs to another part';
}
