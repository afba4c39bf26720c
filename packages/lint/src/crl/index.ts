import type { CrlRule } from '../rule.ts';
import { akiCritical } from './aki-critical.ts';
import { akiMissing } from './aki-missing.ts';
import { akiOfIssuer } from './aki-of-issuer.ts';
import { caCompromiseOfLeaf } from './ca-compromise-of-leaf.ts';
import { caOnHold } from './ca-on-hold.ts';
import { caWithoutReason } from './ca-without-reason.ts';
import { deltaBaseOrder } from './delta-base-order.ts';
import { deltaNotCritical } from './delta-not-critical.ts';
import { entryExtensionUnknown } from './entry-extension-unknown.ts';
import { expiredCertsCritical } from './expired-certs-critical.ts';
import { extensionUnknown } from './extension-unknown.ts';
import { extensionUnreadable } from './extension-unreadable.ts';
import { freshestCritical } from './freshest-critical.ts';
import { freshestInDelta } from './freshest-in-delta.ts';
import { holdNotPermitted } from './hold-not-permitted.ts';
import { idpIndirect } from './idp-indirect.ts';
import { idpNotCritical } from './idp-not-critical.ts';
import { idpNotHttp } from './idp-not-http.ts';
import { idpSomeReasons } from './idp-some-reasons.ts';
import { invalidityAfterRevocation } from './invalidity-after-revocation.ts';
import { issuerBytes } from './issuer-bytes.ts';
import { nextUpdateFar } from './next-update-far.ts';
import { nextUpdateMissing } from './next-update-missing.ts';
import { numberCritical } from './number-critical.ts';
import { numberMissing } from './number-missing.ts';
import { outlivesIssuer } from './outlives-issuer.ts';
import { reasonCritical } from './reason-critical.ts';
import { reasonUnspecified } from './reason-unspecified.ts';
import { reasonUnused } from './reason-unused.ts';
import { removeInFull } from './remove-in-full.ts';
import { revokedInFuture } from './revoked-in-future.ts';
import { rootNextUpdateFar } from './root-next-update-far.ts';
import { serialMalformed } from './serial-malformed.ts';
import { serialTwice } from './serial-twice.ts';
import { signatureAlgorithmNotAllowed } from './signature-algorithm-not-allowed.ts';
import { signatureAlgorithmOfKey } from './signature-algorithm-of-key.ts';
import { thisUpdateInFuture } from './this-update-in-future.ts';
import { timeType } from './time-type.ts';
import { updateOrder } from './update-order.ts';
import { versionNotV2 } from './version-not-v2.ts';

/** Every rule of this folder. */
export const crlRules: readonly CrlRule[] = [
  akiCritical,
  akiMissing,
  akiOfIssuer,
  caCompromiseOfLeaf,
  caOnHold,
  caWithoutReason,
  deltaBaseOrder,
  deltaNotCritical,
  entryExtensionUnknown,
  expiredCertsCritical,
  extensionUnknown,
  extensionUnreadable,
  freshestCritical,
  freshestInDelta,
  holdNotPermitted,
  idpIndirect,
  idpNotCritical,
  idpNotHttp,
  idpSomeReasons,
  invalidityAfterRevocation,
  issuerBytes,
  nextUpdateFar,
  nextUpdateMissing,
  numberCritical,
  numberMissing,
  outlivesIssuer,
  reasonCritical,
  reasonUnspecified,
  reasonUnused,
  removeInFull,
  revokedInFuture,
  rootNextUpdateFar,
  serialMalformed,
  serialTwice,
  signatureAlgorithmNotAllowed,
  signatureAlgorithmOfKey,
  thisUpdateInFuture,
  timeType,
  updateOrder,
  versionNotV2,
];
