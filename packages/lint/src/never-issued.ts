import type { ParsedSingleResponse } from '@see/ocsp';

/** Whether an answer is revoked at the beginning of 1970: what RFC 6960 2.2 says of serials that were never issued. */
export function isEpoch({ status }: ParsedSingleResponse): boolean {
  return status.kind === 'revoked' && status.revocationTime.getTime() === 0;
}

/** As `isEpoch`, with the reason certificateHold that goes with it. */
export function isNeverIssued(single: ParsedSingleResponse): boolean {
  return isEpoch(single) && single.status.kind === 'revoked' && single.status.reason === 6;
}
