import { DerError, DerReader } from '@see/asn1';
import { type RevokedEntry, readRevokedEntry } from './revoked-entry.ts';
import { RevokedScanner } from './revoked-scanner.ts';
import { X509Error } from './x509-error.ts';

/** The entries of a CRL, read one at a time in one pass over the bytes; nothing is kept. Iterating may throw. */
export class RevokedEntries implements Iterable<RevokedEntry> {
  /** Whether revokedCertificates is there at all. */
  readonly present: boolean;
  /** Content octets of revokedCertificates: the encoded entries. */
  readonly content: Uint8Array;
  private readonly version: number;

  constructor(list: DerReader | undefined, version: number) {
    this.present = list !== undefined;
    this.content = list === undefined ? new Uint8Array(0) : list.bytes.subarray(list.offset, list.limit);
    this.version = version;
    if (this.present && this.content.length === 0) {
      throw new X509Error('bad-extension', 'RFC 5280 5.1.2.6', 'revokedCertificates is there but empty');
    }
  }

  *[Symbol.iterator](): Generator<RevokedEntry, void, undefined> {
    const reader = DerReader.of(this.content, { maxBytes: Number.MAX_SAFE_INTEGER });
    while (!reader.atEnd) yield readRevokedEntry(reader, this.version);
  }

  /** How many there are, by their headers alone: what is in them is not looked at. Throws DerError. */
  count(): number {
    const { content } = this;
    let [count, at] = [0, 0];
    for (; at < content.length; count += 1) {
      const length = content[at + 1] as number;
      at += length < 0x80 ? 2 + length : this.lengthOf(at);
    }
    if (at > content.length)
      throw new DerError('truncated', content.length, 'X.690 8.1.3', 'the last entry has no end');
    return count;
  }

  private lengthOf(at: number): number {
    const reader = DerReader.of(this.content.subarray(at), { maxBytes: Number.MAX_SAFE_INTEGER });
    reader.any();
    return reader.offset;
  }

  /** The same entries without an object for each, for lists of a million. */
  scan(): RevokedScanner {
    return new RevokedScanner(this.content, 0, this.content.length, this.version);
  }
}
