/** Where a CA's status and certificate are published; byte-identical in certificates, CRLs and on va (REV-12, REV-13). */
export interface CaPointers {
  readonly crl: string;
  readonly ocsp: string;
  readonly caIssuers: string;
}

/** The public URLs of a CA below va's URL. */
export function caPointers(vaUrl: string, ca: string): CaPointers {
  return { crl: `${vaUrl}/crl/${ca}.crl`, ocsp: `${vaUrl}/ocsp`, caIssuers: `${vaUrl}/ca/${ca}.cer` };
}
