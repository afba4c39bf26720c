import { concat, derExplicit, derInteger, derTime, headerLength, tag, writeHeader } from '@see/asn1';
import { type Extension, encodeExtensions } from './extension.ts';

export interface CrlFrame {
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** In this order; at least one (the CRL number). */
  readonly extensions: readonly Extension[];
}

/**
 * What stands before and behind the entries of a tbsCertList v2 (RFC 5280 5.1) whose entries are `listed` octets together.
 * revokedCertificates is absent where there are none (REV-3). NOT checked: all that lint checks.
 */
export function tbsCertListAround(
  frame: CrlFrame,
  listed: number,
): { readonly head: Uint8Array; readonly tail: Uint8Array } {
  const before = concat(
    derInteger(1),
    frame.signatureAlgorithmDer,
    frame.issuerDer,
    derTime(frame.thisUpdate),
    derTime(frame.nextUpdate),
  );
  const tail = derExplicit(0, encodeExtensions(frame.extensions));
  const listHeader = listed === 0 ? 0 : headerLength(listed);
  const length = before.length + listHeader + listed + tail.length;
  const head = new Uint8Array(headerLength(length) + before.length + listHeader);
  const at = writeHeader(head, 0, tag.sequence, length);
  head.set(before, at);
  if (listed > 0) writeHeader(head, at + before.length, tag.sequence, listed);
  return { head, tail };
}
