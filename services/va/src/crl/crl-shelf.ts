import type { Remembered } from '../status/effective-status.ts';
import type { ListedEntries } from './listed-entries.ts';

/** A CRL that was verified. */
export interface ShelvedCrl {
  readonly ca: string;
  readonly number: bigint;
  readonly der: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Hex SHA-256 of the octets. */
  readonly sha256: string;
  readonly entries: ListedEntries;
}

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
    return this.#crls.get(ca)?.entries.find(serial);
  }

  /** Puts a CRL on the shelf in place of an older one; returns whether it is newer than what was there. */
  put(crl: ShelvedCrl): boolean {
    const present = this.#crls.get(crl.ca);
    if (present && present.number >= crl.number) return false;
    this.#crls.set(crl.ca, crl);
    return true;
  }
}
