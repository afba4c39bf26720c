import { DerReader } from '@see/asn1';
import { compareSerialOctets, oid, type RevokedEntry, RevokedScanner } from '@see/x509';
import { hasRightTimeType } from './time-type.ts';

/** Serials (hex) of the first entry that does what a rule forbids; undefined where none does. */
export interface EntryFaults {
  duplicate?: string;
  badSerial?: string;
  inFuture?: string;
  invalidityAfterRevocation?: string;
  unspecifiedReason?: string;
  criticalReason?: string;
  removeFromCrl?: string;
  hold?: string;
  cACompromise?: string;
  withoutReason?: string;
  unusedReason?: string;
  unknownExtension?: string;
  wrongTimeType?: string;
}

const VERSION = 2;

/**
 * Entries of a CRL, one after another, with what was found when each of them was looked at: it holds as long as the octets are the
 * same, so that a list is linted at each signing by its entries' findings. Whether one is in the future is said by the time.
 */
export class CheckedEntries {
  /** The encoded entries. Nobody changes them while this is used. */
  readonly octets: Uint8Array;
  /** Content octets of the first and the last serial number. */
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  /** Whether each serial number is above the one before it: then none is there twice. */
  readonly rises: boolean;
  /** But for `duplicate` and `inFuture`. */
  readonly #faults: EntryFaults = {};
  /** The latest revocationDate, in seconds since 1970, and where its entry has the serial number. */
  #latest = 0;
  #latestAt = 0;
  #latestLength = 0;

  /** Looks at each entry of content octets of revokedCertificates, at least one. Throws DerError or X509Error where one cannot be read. */
  constructor(octets: Uint8Array, version = VERSION) {
    this.octets = octets;
    const entries = new RevokedScanner(octets, 0, octets.length, version);
    let rises = true;
    let [at, length] = [0, 0];
    let first = octets.subarray(0, 0);
    while (entries.next()) {
      this.#lookAt(entries);
      rises &&= compareSerialOctets(octets, at, length, octets, entries.at, entries.length) < 0;
      ({ at, length } = entries);
      if (entries.from === 0) first = octets.subarray(at, at + length);
    }
    this.first = first;
    this.last = octets.subarray(at, at + length);
    this.rises = rises;
  }

  /** What they do that rules forbid at a time, but for `duplicate`. */
  faultsAt(now: Date): EntryFaults {
    if (this.#latest * 1000 <= now.getTime()) return this.#faults;
    const inFuture = this.octets.subarray(this.#latestAt, this.#latestAt + this.#latestLength).toHex();
    return { ...this.#faults, inFuture };
  }

  #lookAt(entry: RevokedScanner): void {
    const faults = this.#faults;
    const { revokedAt, reason, invalidSince, unusual } = entry;
    if (unusual) this.#lookAtUnusual(entry, unusual);
    if (revokedAt > this.#latest) {
      this.#latest = revokedAt;
      this.#latestAt = entry.at;
      this.#latestLength = entry.length;
    }
    if (invalidSince !== 0 && invalidSince > revokedAt) faults.invalidityAfterRevocation ??= serialOf(entry);
    if (unusual ? unusual.reason === undefined : reason === 0) faults.withoutReason ??= serialOf(entry);
    else if (reason !== 1) this.#lookAtReason(reason, entry);
  }

  /** Only entries in another form than ours can have a serial number, a time or extensions that are not as ours. */
  #lookAtUnusual(entry: RevokedScanner, { serialHex, serialNumber, extensions = [] }: RevokedEntry): void {
    const faults = this.#faults;
    const negative = (serialNumber[0] as number) >= 0x80;
    if (negative || serialHex === '00' || serialNumber.length > 20) faults.badSerial ??= serialHex;
    for (const { oid: type, critical } of extensions) {
      if (type === oid.crlReason && critical) faults.criticalReason ??= serialHex;
      if (type !== oid.crlReason && type !== oid.invalidityDate) faults.unknownExtension ??= serialHex;
    }
    const reader = DerReader.of(entry.octets.subarray(entry.from, entry.to)).sequence();
    reader.any();
    if (!hasRightTimeType(reader.peekTag(), reader.time())) faults.wrongTimeType ??= serialHex;
  }

  #lookAtReason(reason: number, entry: RevokedScanner): void {
    const faults = this.#faults;
    if (reason === 0) faults.unspecifiedReason ??= serialOf(entry);
    else if (reason === 2) faults.cACompromise ??= serialOf(entry);
    else if (reason === 6) faults.hold ??= serialOf(entry);
    else if (reason === 8) faults.removeFromCrl ??= serialOf(entry);
    else if (reason === 10) faults.unusedReason ??= serialOf(entry);
  }
}

/** The first serial number that is there twice, for lists that are not in order; undefined without. */
export function duplicateOf(entries: RevokedScanner): string | undefined {
  const seen = new Set<string>();
  while (entries.next()) {
    const serial = serialOf(entries);
    if (seen.has(serial)) return serial;
    seen.add(serial);
  }
  return undefined;
}

function serialOf({ octets, at, length }: RevokedScanner): string {
  return octets.subarray(at, at + length).toHex();
}
