import { DerReader, derEnumerated } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { X509Error } from '../x509-error.ts';

/** CRLReason of RFC 5280 5.3.1; 7 does not exist. */
export const crlReasons = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

export type CrlReasonName = keyof typeof crlReasons;

/** Not critical. 0 must be left out altogether (REV-5) and is refused here, as are 7 and everything above 10. */
export function crlReason(reason: number): Extension {
  if (reason === 0) throw new X509Error('bad-extension', 'RFC 5280 5.3.1', 'reason 0 is expressed by leaving it out');
  return { oid: oid.crlReason, critical: false, value: derEnumerated(checkReason(reason)) };
}

export function parseCrlReason(value: Uint8Array): number {
  const reader = DerReader.of(value);
  const reason = reader.enumerated();
  reader.end();
  return checkReason(reason);
}

export function checkReason(reason: number): number {
  if (!Number.isInteger(reason) || reason < 0 || reason > 10 || reason === 7) {
    throw new X509Error('bad-extension', 'RFC 5280 5.3.1', `there is no CRL reason ${reason}`);
  }
  return reason;
}
