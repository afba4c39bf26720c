import type { CrlScope } from './crl-scope.ts';

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
