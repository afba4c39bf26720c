import { concat, derExplicit, derInteger, derTime, headerLength, tag, writeHeader } from '@see/asn1';
import { EntryWriter, entryLength, MOST_ENTRY, type RevokedCursor } from './crl-entry-octets.ts';
import { type Extension, encodeExtensions } from './extension.ts';

export interface CrlFrame {
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** In this order; at least one (the CRL number). */
  readonly extensions: readonly Extension[];
}

/** A part of a tbsCertList as it is written. The octets hold until the next part. */
export interface CrlPart {
  /** What comes before the entries, whole entries, or what comes after them. */
  readonly kind: 'head' | 'entries' | 'tail';
  readonly octets: Uint8Array;
}

const PART = 64 * 1024;

/**
 * Octets of a tbsCertList v2 (RFC 5280 5.1) in one pass, part by part, in constant memory: the length of everything is known
 * from a first look at the entries, for which `entries` is asked twice. revokedCertificates is absent where there are none
 * (REV-3). NOT checked: the order of the entries, duplicates, and all that lint checks.
 */
export function* writeTbsCertList(frame: CrlFrame, entries: () => RevokedCursor): Generator<CrlPart, void, undefined> {
  const before = concat(
    derInteger(1),
    frame.signatureAlgorithmDer,
    frame.issuerDer,
    derTime(frame.thisUpdate),
    derTime(frame.nextUpdate),
  );
  const tail = derExplicit(0, encodeExtensions(frame.extensions));
  const listed = lengthOf(entries());
  const list = listed === 0 ? 0 : headerLength(listed) + listed;
  const length = before.length + list + tail.length;
  const head = new Uint8Array(headerLength(length) + before.length + list - listed);
  const at = writeHeader(head, 0, tag.sequence, length);
  head.set(before, at);
  if (listed > 0) writeHeader(head, at + before.length, tag.sequence, listed);
  yield { kind: 'head', octets: head };
  yield* writeEntries(entries());
  yield { kind: 'tail', octets: tail };
}

function* writeEntries(entries: RevokedCursor): Generator<CrlPart, void, undefined> {
  const writer = new EntryWriter();
  const octets = new Uint8Array(PART);
  let used = 0;
  while (entries.next()) {
    used = writer.write(entries, octets, used);
    if (used <= PART - MOST_ENTRY) continue;
    yield { kind: 'entries', octets: octets.subarray(0, used) };
    used = 0;
  }
  if (used > 0) yield { kind: 'entries', octets: octets.subarray(0, used) };
}

function lengthOf(entries: RevokedCursor): number {
  let length = 0;
  while (entries.next()) length += entryLength(entries);
  return length;
}
