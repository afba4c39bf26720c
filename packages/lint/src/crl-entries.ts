import { DerReader } from '@see/asn1';
import { compareSerialOctets, oid, type RevokedEntry, type RevokedScanner } from '@see/x509';
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

/** Looks at the entries of a CRL, one after another, for what rules forbid. */
export class CrlEntries {
  readonly faults: EntryFaults = {};
  readonly #now: number;
  #last: Uint8Array = new Uint8Array(0);
  #rises = true;

  constructor(now: Date) {
    this.#now = now.getTime();
  }

  /** Whether each serial number was above the one before it: then none is there twice. */
  get rises(): boolean {
    return this.#rises;
  }

  /** Looks at all entries of a scanner, which go on from those of the last one. */
  take(entries: RevokedScanner): void {
    const { octets } = entries;
    let before = this.#last;
    let at = 0;
    let { length } = before;
    while (entries.next()) {
      this.#lookAt(entries);
      if (this.#rises) this.#rises = compareSerialOctets(before, at, length, octets, entries.at, entries.length) < 0;
      before = octets;
      ({ at, length } = entries);
    }
    // The octets may be those of the next part soon.
    this.#last = before.slice(at, at + length);
  }

  #lookAt(entry: RevokedScanner): void {
    const { faults } = this;
    const { revokedAt, reason, invalidSince, unusual } = entry;
    if (unusual) this.#lookAtUnusual(entry, unusual);
    if (revokedAt * 1000 > this.#now) faults.inFuture ??= serialOf(entry);
    if (invalidSince !== 0 && invalidSince > revokedAt) faults.invalidityAfterRevocation ??= serialOf(entry);
    if (unusual ? unusual.reason === undefined : reason === 0) faults.withoutReason ??= serialOf(entry);
    else if (reason !== 1) this.#lookAtReason(reason, entry);
  }

  /** Only entries in another form than ours can have a serial number, a time or extensions that are not as ours. */
  #lookAtUnusual(entry: RevokedScanner, { serialHex, serialNumber, extensions = [] }: RevokedEntry): void {
    const { faults } = this;
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
    const { faults } = this;
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
