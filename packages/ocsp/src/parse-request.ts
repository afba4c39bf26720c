import { DerError, DerReader } from '@see/asn1';
import { type Extension, oid, readExtensions, readGeneralName, X509Error } from '@see/x509';
import { type CertId, readCertId } from './cert-id.ts';
import { parseNonce } from './nonce.ts';
import { OcspRequestError } from './ocsp-error.ts';

/** Most octets of a request: room for a signed one with its certificates. */
export const MAX_REQUEST_BYTES = 64 * 1024;
const MAX_REQUESTS = 100;
const MAX_NONCE = 128;
const acceptableResponses = '1.3.6.1.5.5.7.48.1.4';

/** What a client asks. Byte arrays are views on the request. */
export interface OcspRequest {
  /** At least one, at most 100, in the order asked. */
  readonly requests: readonly { readonly certId: CertId }[];
  /** 1..128 octets, to be echoed exactly in responseExtensions (REV-30). */
  readonly nonce?: Uint8Array;
  readonly extensions: readonly Extension[];
  /** Whether a signature came with it. It is not verified (REV-32: a responder for all needs none). */
  readonly signed: boolean;
}

/**
 * Reads an OCSPRequest (RFC 6960 4.1, 9654, 9919) of at most 64 KiB. Throws OcspRequestError `malformedRequest` for
 * anything that is not DER or not a request, for a nonce of 0 or more than 128 octets or two of them, and for a critical
 * extension that is not understood. requestorName is read and ignored. NOT checked: the signature, whether we serve the
 * issuer.
 */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  try {
    return readRequest(der);
  } catch (error) {
    if (error instanceof DerError || error instanceof X509Error) {
      throw new OcspRequestError('malformedRequest', error.message, { cause: error });
    }
    throw error;
  }
}

function readRequest(der: Uint8Array): OcspRequest {
  const reader = DerReader.of(der, { maxBytes: MAX_REQUEST_BYTES });
  const request = reader.sequence();
  reader.end();
  const tbs = request.sequence();
  const signature = request.optionalExplicit(0);
  if (signature !== undefined) readSignature(signature);
  request.end();
  const version = tbs.optionalExplicit(0);
  if (version !== undefined) malformed('the version is not v1, which is not written out');
  const requestor = tbs.optionalExplicit(1);
  if (requestor !== undefined) {
    readGeneralName(requestor);
    requestor.end();
  }
  const requests = readRequests(tbs.sequence());
  const wrapper = tbs.optionalExplicit(2);
  const extensions = wrapper === undefined ? [] : readExtensions(wrapper);
  wrapper?.end();
  tbs.end();
  const nonce = readRequestExtensions(extensions);
  const signed = signature !== undefined;
  return nonce === undefined ? { requests, extensions, signed } : { requests, extensions, signed, nonce };
}

function readRequests(list: DerReader): { readonly certId: CertId }[] {
  const requests: { readonly certId: CertId }[] = [];
  while (!list.atEnd) {
    if (requests.length === MAX_REQUESTS) malformed(`more than ${MAX_REQUESTS} certificates in one request`);
    const item = list.sequence();
    const certId = readCertId(item);
    const wrapper = item.optionalExplicit(0);
    if (wrapper !== undefined) {
      for (const { oid: type, critical } of readExtensions(wrapper)) {
        if (critical && type !== oid.ocspServiceLocator) malformed(`the critical extension ${type} is not understood`);
      }
      wrapper.end();
    }
    item.end();
    requests.push({ certId });
  }
  if (requests.length === 0) malformed('no certificate is asked for');
  return requests;
}

function readRequestExtensions(extensions: readonly Extension[]): Uint8Array | undefined {
  let nonce: Uint8Array | undefined;
  for (const { oid: type, critical, value } of extensions) {
    if (type === oid.ocspNonce) {
      nonce = parseNonce(value);
      if (nonce.length === 0 || nonce.length > MAX_NONCE) malformed(`a nonce of ${nonce.length} octets`);
    } else if (critical && type !== oid.ocspPreferredSignatureAlgorithms && type !== acceptableResponses) {
      malformed(`the critical extension ${type} is not understood`);
    }
  }
  return nonce;
}

// optionalSignature: the frame is checked, the signature is not.
function readSignature(wrapper: DerReader): void {
  const signature = wrapper.sequence();
  wrapper.end();
  signature.sequence();
  signature.octetAlignedBitString();
  const certificates = signature.optionalExplicit(0);
  signature.end();
  if (certificates === undefined) return;
  const list = certificates.sequence();
  certificates.end();
  while (!list.atEnd) list.sequence();
}

function malformed(message: string): never {
  throw new OcspRequestError('malformedRequest', message);
}
