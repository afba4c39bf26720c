import {
  derEnumerated,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derNull,
  derOctetString,
  derSequence,
} from '@see/asn1';
import { checkReason, type Extension, encodeExtensions, oid } from '@see/x509';
import { nonceExtension } from './nonce.ts';

export type CertStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'revoked'; readonly revocationTime: Date; readonly reason?: number };

/** What is said of one certificate (RFC 6960 4.2.1). Times in whole seconds. */
export interface SingleResponse {
  /** The CertID as the client sent it. */
  readonly certIdDer: Uint8Array;
  readonly status: CertStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** invalidityDate, archiveCutoff; never reasonCode (REV-28). */
  readonly singleExtensions?: readonly Extension[];
}

export interface ResponseData {
  /** SHA-1 of the responder's public key bits, whatever the CertIDs use (REV-22). */
  readonly responderKeyHash: Uint8Array;
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly nonce?: Uint8Array;
  /** Adds id-pkix-ocsp-extended-revoke: needed wherever a serial that was never issued is called revoked (REV-26). */
  readonly extendedRevoke?: boolean;
}

/**
 * tbsResponseData: the octets to sign. byKey, GeneralizedTime throughout, reason 0 left out. NOT checked: that the times
 * make sense, that CertIDs are DER.
 */
export function buildResponseData(data: ResponseData): Uint8Array {
  const extensions: Extension[] = [];
  if (data.nonce !== undefined) extensions.push(nonceExtension(data.nonce));
  if (data.extendedRevoke) extensions.push({ oid: oid.ocspExtendedRevoke, critical: false, value: derNull() });
  const parts = [
    derExplicit(2, derOctetString(data.responderKeyHash)),
    derGeneralizedTime(data.producedAt),
    derSequence(...data.responses.map(encodeSingle)),
  ];
  if (extensions.length > 0) parts.push(derExplicit(1, encodeExtensions(extensions)));
  return derSequence(...parts);
}

function encodeSingle({
  certIdDer,
  status,
  thisUpdate,
  nextUpdate,
  singleExtensions = [],
}: SingleResponse): Uint8Array {
  const parts = [
    certIdDer,
    encodeStatus(status),
    derGeneralizedTime(thisUpdate),
    derExplicit(0, derGeneralizedTime(nextUpdate)),
  ];
  if (singleExtensions.length > 0) parts.push(derExplicit(1, encodeExtensions(singleExtensions)));
  return derSequence(...parts);
}

function encodeStatus(status: CertStatus): Uint8Array {
  switch (status.kind) {
    case 'good':
      return derImplicit(0, derNull());
    case 'unknown':
      return derImplicit(2, derNull());
    case 'revoked': {
      const parts = [derGeneralizedTime(status.revocationTime)];
      if (status.reason !== undefined && checkReason(status.reason) !== 0) {
        parts.push(derExplicit(0, derEnumerated(status.reason)));
      }
      return derImplicit(1, derSequence(...parts));
    }
  }
}
