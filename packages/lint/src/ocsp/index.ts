import type { OcspRule } from '../rule.ts';
import { answeredTwice } from './answered-twice.ts';
import { caWithoutReason } from './ca-without-reason.ts';
import { certIdHash } from './cert-id-hash.ts';
import { certIdOfOtherIssuer } from './cert-id-of-other-issuer.ts';
import { delegateEndsFirst } from './delegate-ends-first.ts';
import { delegateNotValid } from './delegate-not-valid.ts';
import { delegateOfOtherCa } from './delegate-of-other-ca.ts';
import { delegatePurpose } from './delegate-purpose.ts';
import { extendedRevokeForm } from './extended-revoke-form.ts';
import { extendedRevokeMissing } from './extended-revoke-missing.ts';
import { extensionUnknown } from './extension-unknown.ts';
import { goodForNoSerial } from './good-for-no-serial.ts';
import { intervalLong } from './interval-long.ts';
import { intervalShort } from './interval-short.ts';
import { keyHashLength } from './key-hash-length.ts';
import { moreCertificates } from './more-certificates.ts';
import { neverIssuedForm } from './never-issued-form.ts';
import { nextUpdateMissing } from './next-update-missing.ts';
import { nonceCritical } from './nonce-critical.ts';
import { nonceLength } from './nonce-length.ts';
import { producedInFuture } from './produced-in-future.ts';
import { reasonCodeExtension } from './reason-code-extension.ts';
import { reasonImpossible } from './reason-impossible.ts';
import { reasonUnspecified } from './reason-unspecified.ts';
import { responderByName } from './responder-by-name.ts';
import { responderUnknown } from './responder-unknown.ts';
import { revokedInFuture } from './revoked-in-future.ts';
import { rootIncluded } from './root-included.ts';
import { signatureAlgorithmNotAllowed } from './signature-algorithm-not-allowed.ts';
import { signatureAlgorithmOfKey } from './signature-algorithm-of-key.ts';
import { singleExtensionUnknown } from './single-extension-unknown.ts';
import { updateOrder } from './update-order.ts';

/** Every rule of this folder. */
export const ocspRules: readonly OcspRule[] = [
  answeredTwice,
  caWithoutReason,
  certIdHash,
  certIdOfOtherIssuer,
  delegateEndsFirst,
  delegateNotValid,
  delegateOfOtherCa,
  delegatePurpose,
  extendedRevokeForm,
  extendedRevokeMissing,
  extensionUnknown,
  goodForNoSerial,
  intervalLong,
  intervalShort,
  keyHashLength,
  moreCertificates,
  neverIssuedForm,
  nextUpdateMissing,
  nonceCritical,
  nonceLength,
  producedInFuture,
  reasonCodeExtension,
  reasonImpossible,
  reasonUnspecified,
  responderByName,
  responderUnknown,
  revokedInFuture,
  rootIncluded,
  signatureAlgorithmNotAllowed,
  signatureAlgorithmOfKey,
  singleExtensionUnknown,
  updateOrder,
];
