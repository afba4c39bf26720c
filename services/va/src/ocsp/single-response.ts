import { derGeneralizedTime } from '@see/asn1';
import type { SingleResponse } from '@see/ocsp';
import { oid } from '@see/x509';
import type { StatusEntry } from '../status/status-entry.ts';

const CERTIFICATE_HOLD = 6;

export interface AnswerTimes {
  /** Since when what is said is known to be so. */
  readonly thisUpdate: Date;
  /** When it is signed. */
  readonly producedAt: Date;
  readonly nextUpdate: Date;
}

/**
 * What is said of a certificate that is known. `cutoff`, the time from which on the CA's statuses are kept, is added once
 * the certificate has expired (archiveCutoff, REV-28).
 */
export function singleResponse(
  certIdDer: Uint8Array,
  entry: StatusEntry,
  times: AnswerTimes,
  cutoff: Date,
): SingleResponse {
  const { status, notAfter } = entry;
  const { thisUpdate, producedAt, nextUpdate } = times;
  const expired = notAfter !== undefined && notAfter < producedAt.getTime();
  return {
    certIdDer,
    status:
      status.kind === 'good'
        ? { kind: 'good' }
        : { kind: 'revoked', revocationTime: notAfterNow(status.revokedAt, producedAt), reason: status.reason },
    thisUpdate,
    nextUpdate,
    ...(expired
      ? { singleExtensions: [{ oid: oid.ocspArchiveCutoff, critical: false, value: derGeneralizedTime(cutoff) }] }
      : {}),
  };
}

/** What is said of a serial number that was never issued (REV-26 b). The response needs `extendedRevoke`. */
export function neverIssuedResponse(certIdDer: Uint8Array, times: AnswerTimes): SingleResponse {
  return {
    certIdDer,
    status: { kind: 'revoked', revocationTime: new Date(0), reason: CERTIFICATE_HOLD },
    thisUpdate: times.thisUpdate,
    nextUpdate: times.nextUpdate,
  };
}

/** The database that dates revocations may be a little ahead of us; nobody is told a time to come. */
function notAfterNow(time: Date, now: Date): Date {
  return wholeSecond(time < now ? time : now);
}

/** GeneralizedTime without fraction (REV-24). */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
