import { concat, derExplicit, derInteger, derTime, headerLength, tag, writeHeader } from '@see/asn1';
import { type Extension, encodeExtension, encodeExtensions } from './extension.ts';
import { crlReason } from './extensions/crl-reason.ts';
import { invalidityDate } from './extensions/invalidity-date.ts';

export interface CrlEntryTemplate {
  /** Unsigned or content octets; written as the shortest INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly revocationDate: Date;
  /** CRLReason; 0 is left out, as RFC 5280 5.3.1 wants. */
  readonly reason?: number;
  readonly invalidityDate?: Date;
}

export interface CrlTemplate {
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Written in this order; gone through once. */
  readonly entries: Iterable<CrlEntryTemplate>;
  /** In this order; at least one (the CRL number). */
  readonly extensions: readonly Extension[];
}

/**
 * tbsCertList v2 (RFC 5280 5.1): the octets to sign. One pass over the entries into one growing buffer;
 * revokedCertificates is absent where there are none (REV-3). NOT checked: duplicates among the serials and all that lint
 * checks.
 */
export function buildTbsCertList(template: CrlTemplate): Uint8Array {
  const head = concat(
    derInteger(1),
    template.signatureAlgorithmDer,
    template.issuerDer,
    derTime(template.thisUpdate),
    derTime(template.nextUpdate),
  );
  const tail = derExplicit(0, encodeExtensions(template.extensions));
  const entries = new EntryBuffer();
  for (const entry of template.entries) entries.add(entry);
  const list = entries.content();
  const listLength = list.length === 0 ? 0 : headerLength(list.length) + list.length;
  const length = head.length + listLength + tail.length;
  const result = new Uint8Array(headerLength(length) + length);
  let at = writeHeader(result, 0, tag.sequence, length);
  result.set(head, at);
  at += head.length;
  if (listLength > 0) {
    at = writeHeader(result, at, tag.sequence, list.length);
    result.set(list, at);
    at += list.length;
  }
  result.set(tail, at);
  return result;
}

class EntryBuffer {
  private bytes = new Uint8Array(4096);
  private used = 0;
  // Revocations come in waves: the second, the reason and the day of one entry are often those of the one before.
  private lastTime = Number.NaN;
  private lastTimeDer = new Uint8Array(0);
  private readonly reasons = new Map<number, Uint8Array>();

  add(entry: CrlEntryTemplate): void {
    const serial = derInteger(entry.serialNumber);
    const time = this.time(entry.revocationDate);
    const reason = this.reason(entry.reason);
    const since = entry.invalidityDate === undefined ? EMPTY : encodeExtension(invalidityDate(entry.invalidityDate));
    const extensions = reason.length + since.length;
    const length = serial.length + time.length + (extensions === 0 ? 0 : headerLength(extensions) + extensions);
    this.reserve(headerLength(length) + length);
    this.used = writeHeader(this.bytes, this.used, tag.sequence, length);
    this.append(serial);
    this.append(time);
    if (extensions === 0) return;
    this.used = writeHeader(this.bytes, this.used, tag.sequence, extensions);
    this.append(reason);
    this.append(since);
  }

  content(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  private time(date: Date): Uint8Array {
    const time = date.getTime();
    if (time !== this.lastTime) {
      this.lastTimeDer = Uint8Array.from(derTime(date));
      this.lastTime = time;
    }
    return this.lastTimeDer;
  }

  private reason(reason: number | undefined): Uint8Array {
    if (reason === undefined || reason === 0) return EMPTY;
    let der = this.reasons.get(reason);
    if (der === undefined) {
      der = encodeExtension(crlReason(reason));
      this.reasons.set(reason, der);
    }
    return der;
  }

  private reserve(octets: number): void {
    if (this.used + octets <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.used + octets));
    larger.set(this.bytes.subarray(0, this.used));
    this.bytes = larger;
  }

  private append(part: Uint8Array): void {
    this.bytes.set(part, this.used);
    this.used += part.length;
  }
}

const EMPTY = new Uint8Array(0);
