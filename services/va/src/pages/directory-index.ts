import type { Certificate } from '@see/x509';
import type { StatusEntry } from '../status/status-table.ts';
import type { DirectoryListing } from './directory-listing.ts';
import { type DirectoryRecord, directoryRecord, HASH_ATTRIBUTES, type HashAttribute } from './directory-record.ts';

/** A certificate in the directory. `entry` tells its status now; CA certificates have none. */
export interface DirectoryCertificate {
  readonly record: DirectoryRecord;
  readonly entry: StatusEntry | undefined;
  /** Kept for CA certificates; others are read when they are asked for. */
  readonly der: Uint8Array | undefined;
}

/** Attributes that find only what mail can be encrypted to now. */
export type NameAttribute = 'mail' | 'name';

/**
 * Genuine certificates by the search keys of RFC 4387. Made of verified octets; rows only say which encryption certificates
 * wait for their holder or have been replaced (`DirectoryListing`).
 */
export class DirectoryIndex {
  readonly #listing: DirectoryListing;
  readonly #byId = new Map<number, DirectoryCertificate>();
  readonly #byHash = new Map<HashAttribute, Map<string, DirectoryCertificate[]>>(
    HASH_ATTRIBUTES.map((attribute) => [attribute, new Map()]),
  );
  readonly #byMail = new Map<string, DirectoryCertificate[]>();
  readonly #byName = new Map<string, DirectoryCertificate[]>();

  constructor(listing: DirectoryListing) {
    this.#listing = listing;
  }

  /** Adds a certificate of an issuing CA. */
  add(entry: StatusEntry, certificate: Certificate): void {
    const found: DirectoryCertificate = { record: directoryRecord(certificate), entry, der: undefined };
    this.#addHashes(found, found.record.encrypts);
    if (found.record.encrypts && entry.id !== undefined) {
      this.#byId.set(entry.id, found);
      this.#listing.add(entry.id);
    }
    for (const mail of found.record.mails) put(this.#byMail, mail, found);
    const { commonName, encrypts } = found.record;
    if (encrypts && commonName !== undefined) put(this.#byName, commonName, found);
  }

  /** Adds a CA's certificate, which hashes find. */
  addCa(certificate: Certificate): void {
    this.#addHashes({ record: directoryRecord(certificate), entry: undefined, der: certificate.der }, true);
  }

  /** Any certificate with this hash; by its issuer only CAs and what encrypts, because that could be everything. */
  byHash(attribute: HashAttribute, key: string): readonly DirectoryCertificate[] {
    return this.#byHash.get(attribute)?.get(key) ?? [];
  }

  /** Certificates that mail is to be encrypted to now, the newest first. */
  current(attribute: NameAttribute, value: string, now: number): DirectoryCertificate[] {
    const found = (attribute === 'mail' ? this.#byMail : this.#byName).get(value) ?? [];
    return found.filter((one) => one.record.encrypts && this.isOffered(one, now)).sort(newestFirst);
  }

  /** Certificates with this mail address that are valid now and, if for encryption, offered; the newest first. */
  withMail(mail: string, now: number): DirectoryCertificate[] {
    return (this.#byMail.get(mail) ?? []).filter((one) => this.isOffered(one, now)).sort(newestFirst);
  }

  /** Whether a certificate is valid now, and for encryption the one that is to be used. */
  isOffered(one: DirectoryCertificate, now: number): boolean {
    const id = one.entry?.id;
    if (!isCurrent(one, now)) return false;
    return !one.record.encrypts || id === undefined || this.#listing.isListed(id, (other) => this.#isGood(other, now));
  }

  #isGood(id: number, now: number): boolean {
    const found = this.#byId.get(id);
    return found !== undefined && isCurrent(found, now);
  }

  #addHashes(certificate: DirectoryCertificate, byIssuer: boolean): void {
    for (const attribute of HASH_ATTRIBUTES) {
      const key = certificate.record.keys[attribute];
      const keys = this.#byHash.get(attribute);
      if (key !== undefined && keys && (attribute !== 'iHash' || byIssuer)) put(keys, key, certificate);
    }
  }
}

/** Whether a certificate is valid and not revoked now. */
export function isCurrent({ record, entry }: DirectoryCertificate, now: number): boolean {
  return record.notBefore <= now && now <= record.notAfter && (entry === undefined || entry.status.kind === 'good');
}

function newestFirst(one: DirectoryCertificate, other: DirectoryCertificate): number {
  return other.record.notBefore - one.record.notBefore;
}

function put(map: Map<string, DirectoryCertificate[]>, key: string, value: DirectoryCertificate): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.some((one) => one.record.sha256 === value.record.sha256)) list.push(value);
}
