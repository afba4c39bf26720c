import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import {
  type DistributionPoint,
  encodeDistributionPoints,
  parseCrlDistributionPoints,
} from './crl-distribution-points.ts';

/** Not critical: where the delta CRL is (RFC 5280 4.2.1.15, 5.2.6). */
export function freshestCrl(uris: readonly string[]): Extension {
  return { oid: oid.freshestCrl, critical: false, value: encodeDistributionPoints(uris) };
}

export function parseFreshestCrl(value: Uint8Array): DistributionPoint[] {
  return parseCrlDistributionPoints(value);
}
