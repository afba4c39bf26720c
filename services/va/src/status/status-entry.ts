import type { CertificateStatus } from '@see/domain';

/** What a row of the table says; times in seconds since 1970, 0 for none. */
export interface RowFacts {
  /** 0 for a serial number that only a CRL or the journal knows. */
  readonly id: number;
  readonly notAfter: number;
  readonly revokedAt: number;
  readonly invalidSince: number;
  readonly kind: CertificateStatus['kind'];
  readonly reason: number;
  readonly genuine: boolean | undefined;
  readonly ca: string;
  readonly profileId: string;
  /** Empty for none. */
  readonly agencyId: string;
}

/** What a view needs of the table. */
export interface RowReader {
  read(row: number): RowFacts;
  /** In hex. */
  serialOf(row: number): string;
}

const GOOD: CertificateStatus = { kind: 'good' };
const MOST_SECONDS = 0xffff_ffff;

/**
 * One certificate in the table, as it is now: a view that reads the row each time. Two views of one row are equal by
 * `row`.
 */
export class StatusEntry {
  readonly row: number;
  readonly #table: RowReader;

  constructor(table: RowReader, row: number) {
    this.#table = table;
    this.row = row;
  }

  /** Undefined for a serial number that only a CRL or the journal knows. */
  get id(): number | undefined {
    return this.#table.read(this.row).id || undefined;
  }

  get ca(): string {
    return this.#table.read(this.row).ca;
  }

  /** Lower-case hex of the content octets. */
  get serial(): string {
    return this.#table.serialOf(this.row);
  }

  get profileId(): string {
    return this.#table.read(this.row).profileId;
  }

  get agencyId(): string | null {
    return this.#table.read(this.row).agencyId || null;
  }

  /** Milliseconds since 1970; undefined where it is not known. */
  get notAfter(): number | undefined {
    const { id, notAfter } = this.#table.read(this.row);
    return id === 0 ? undefined : notAfter * 1000;
  }

  get status(): CertificateStatus {
    const { kind, reason, revokedAt, invalidSince } = this.#table.read(this.row);
    if (kind === 'good') return GOOD;
    return {
      kind,
      reason,
      revokedAt: new Date(revokedAt * 1000),
      ...(invalidSince === 0 ? {} : { invalidityDate: new Date(invalidSince * 1000) }),
    };
  }

  /** Whether the stored octets are really signed by the CA and carry this serial number; undefined before they were read. */
  get genuine(): boolean | undefined {
    return this.#table.read(this.row).genuine;
  }
}

/** Whether two statuses say the same; times to the second. */
export function sameStatus(one: CertificateStatus, other: CertificateStatus): boolean {
  if (one.kind === 'good' || other.kind === 'good') return one.kind === other.kind;
  return (
    one.kind === other.kind &&
    one.reason === other.reason &&
    rowSeconds(one.revokedAt) === rowSeconds(other.revokedAt) &&
    (one.invalidityDate && Math.max(1, rowSeconds(one.invalidityDate))) ===
      (other.invalidityDate && Math.max(1, rowSeconds(other.invalidityDate)))
  );
}

/** A time as rows have it: in whole seconds, from 1970 to 2106; what lies beyond as the nearest of them. */
export function rowSeconds(time: Date): number {
  return Math.min(MOST_SECONDS, Math.max(0, Math.floor(time.getTime() / 1000)));
}
