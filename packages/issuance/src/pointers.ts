import type { CrlPlan } from '@see/domain';
import { type CrlScope, shardOf } from './crl-scope.ts';

/** Where a CA's status and certificate are published; byte-identical in certificates, CRLs and on va (REV-12, REV-13). */
export interface CaPointers {
  readonly crl: string;
  readonly ocsp: string;
  readonly caIssuers: string;
}

/** The public URLs of a CA below va's URL. */
export function caPointers(vaUrl: string, ca: string): CaPointers {
  return { crl: crlUrl(vaUrl, ca, 'full'), ocsp: `${vaUrl}/ocsp`, caIssuers: `${vaUrl}/ca/${ca}.cer` };
}

/** The public URL of a CRL. */
export function crlUrl(vaUrl: string, ca: string, scope: CrlScope): string {
  if (scope === 'full') return `${vaUrl}/crl/${ca}.crl`;
  return scope === 'delta' ? `${vaUrl}/crl/${ca}-delta.crl` : `${vaUrl}/crl/${ca}/${scope}.crl`;
}

/** Where a certificate says that its revocation is told. */
export interface CrlPointers {
  /** For crlDistributionPoints. */
  readonly crl: string;
  /** For freshestCRL (RFC 5280 4.2.1.15). */
  readonly freshest: string | undefined;
}

/**
 * The lists that a new certificate names: its part of the last count, which is fixed with the serial number (REV-12), else the
 * full list and the delta on it. Throws RangeError for a serial number that this CA does not give.
 */
export function crlPointers(vaUrl: string, { ca, delta, shards }: CrlPlan, serial: Uint8Array): CrlPointers {
  const count = shards.at(-1);
  if (count !== undefined) return { crl: crlUrl(vaUrl, ca, shardOf(serial, count)), freshest: undefined };
  return { crl: crlUrl(vaUrl, ca, 'full'), freshest: delta ? crlUrl(vaUrl, ca, 'delta') : undefined };
}
