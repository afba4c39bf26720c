export { assembleOcspResponse } from './assemble-response.ts';
export { buildOcspRequest } from './build-request.ts';
export { type CertId, type CertIdHash, encodeCertId, readCertId } from './cert-id.ts';
export { ocspErrorResponse } from './error-response.ts';
export { decodeOcspGetPath } from './get-path.ts';
export { nonceExtension, parseNonce } from './nonce.ts';
export { type OcspErrorStatus, OcspRequestError, OcspResponseError, type OcspResponseErrorCode } from './ocsp-error.ts';
export { MAX_REQUEST_BYTES, type OcspRequest, parseOcspRequest } from './parse-request.ts';
export {
  type BasicOcspResponse,
  type OcspResponse,
  type OcspResponseStatus,
  type ParsedSingleResponse,
  parseBasicOcspResponse,
  parseOcspResponse,
  parseResponseData,
  type ResponderId,
} from './parse-response.ts';
export { buildResponseData, type CertStatus, type ResponseData, type SingleResponse } from './response-data.ts';
