import type { CertificateFacts } from '@see/db/va';
import type { CertificateStatus } from '@see/domain';

/** What is known of one certificate. */
export interface StatusEntry {
  /** Undefined for a serial number that only a CRL or the journal knows. */
  readonly id: number | undefined;
  readonly ca: string;
  /** Lower-case hex of the content octets. */
  readonly serial: string;
  readonly profileId: string;
  readonly agencyId: string | null;
  /** Milliseconds since 1970; undefined where it is not known. */
  readonly notAfter: number | undefined;
  status: CertificateStatus;
  /** Whether the stored octets are really signed by the CA and carry this serial number; undefined before they were read. */
  genuine: boolean | undefined;
}

/** Who is told what happens in the table. Neither may throw. */
export interface StatusListener {
  /** A certificate was added. */
  readonly onAdded: (entry: StatusEntry) => void;
  /** What would be answered for a certificate has changed. */
  readonly onChanged: (entry: StatusEntry) => void;
}

const GOOD: CertificateStatus = { kind: 'good' };

/** Every certificate of the issuing CAs, by CA and serial number. The one place that answers are made from. */
export class StatusTable {
  readonly #bySerial = new Map<string, StatusEntry>();
  readonly #byId = new Map<number, StatusEntry>();
  readonly #listener: StatusListener;
  #highestId = 0;

  constructor(listener: StatusListener) {
    this.#listener = listener;
  }

  get size(): number {
    return this.#bySerial.size;
  }

  /** The highest certificate id that was added. */
  get highestId(): number {
    return this.#highestId;
  }

  find(ca: string, serial: string): StatusEntry | undefined {
    return this.#bySerial.get(`${ca} ${serial}`);
  }

  byId(id: number): StatusEntry | undefined {
    return this.#byId.get(id);
  }

  entries(): Iterable<StatusEntry> {
    return this.#bySerial.values();
  }

  /**
   * Adds a certificate that a row tells of; its status starts as what is known of the serial number, else as good, and
   * its octets as not examined. A serial number that has a certificate keeps it: the first row counts.
   */
  add(facts: CertificateFacts): StatusEntry {
    const serial = facts.serial.toHex();
    const known = this.find(facts.ca, serial);
    if (known?.id !== undefined) return known;
    const entry: StatusEntry = {
      id: facts.id,
      ca: facts.ca,
      serial,
      profileId: facts.profileId,
      agencyId: facts.agencyId,
      notAfter: facts.notAfter.getTime(),
      status: known?.status ?? GOOD,
      genuine: undefined,
    };
    this.#bySerial.set(`${facts.ca} ${serial}`, entry);
    this.#byId.set(facts.id, entry);
    if (facts.id > this.#highestId) this.#highestId = facts.id;
    this.#listener.onAdded(entry);
    return entry;
  }

  /** Adds a serial number that no row tells of, because a CRL or the journal names it. */
  addUnrecorded(ca: string, serial: string): StatusEntry {
    const known = this.find(ca, serial);
    if (known) return known;
    const entry: StatusEntry = {
      id: undefined,
      ca,
      serial,
      profileId: '',
      agencyId: null,
      notAfter: undefined,
      status: GOOD,
      genuine: undefined,
    };
    this.#bySerial.set(`${ca} ${serial}`, entry);
    return entry;
  }

  /** Sets the status; returns whether it changed. */
  setStatus(entry: StatusEntry, status: CertificateStatus): boolean {
    if (sameStatus(entry.status, status)) return false;
    entry.status = status;
    this.#listener.onChanged(entry);
    return true;
  }

  /** Sets what the examination of the octets found. */
  setGenuine(entry: StatusEntry, genuine: boolean): void {
    if (entry.genuine === genuine) return;
    entry.genuine = genuine;
    this.#listener.onChanged(entry);
  }
}

function sameStatus(one: CertificateStatus, other: CertificateStatus): boolean {
  if (one.kind === 'good' || other.kind === 'good') return one.kind === other.kind;
  return (
    one.kind === other.kind &&
    one.reason === other.reason &&
    one.revokedAt.getTime() === other.revokedAt.getTime() &&
    one.invalidityDate?.getTime() === other.invalidityDate?.getTime()
  );
}
