import { derInteger } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { checkCrlNumber, parseCrlNumber } from './crl-number.ts';

/** Critical: the number of the full CRL that the delta starts from (RFC 5280 5.2.4). */
export function deltaCrlIndicator(baseCrlNumber: bigint | number): Extension {
  const value = derInteger(checkCrlNumber(BigInt(baseCrlNumber)));
  return { oid: oid.deltaCrlIndicator, critical: true, value };
}

export function parseDeltaCrlIndicator(value: Uint8Array): bigint {
  return parseCrlNumber(value);
}
