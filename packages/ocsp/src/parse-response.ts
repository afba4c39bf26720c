import { DerReader } from '@see/asn1';
import {
  checkReason,
  type Extension,
  findExtension,
  oid,
  parseSignatureAlgorithm,
  readExtensions,
  type SignatureAlgorithmName,
  type UnknownAlgorithm,
} from '@see/x509';
import { type CertId, readCertId } from './cert-id.ts';
import { parseNonce } from './nonce.ts';
import { OcspResponseError } from './ocsp-error.ts';
import type { CertStatus } from './response-data.ts';

const MAX_RESPONSE_BYTES = 1024 * 1024;
const MAX_RESPONSES = 1000;
const MAX_CERTIFICATES = 16;

export type OcspResponseStatus =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized';

export type ResponderId =
  | { readonly kind: 'byKey'; readonly keyHash: Uint8Array }
  | { readonly kind: 'byName'; readonly nameDer: Uint8Array };

export interface ParsedSingleResponse {
  readonly certId: CertId;
  readonly status: CertStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly singleExtensions: readonly Extension[];
}

/** BasicOCSPResponse, taken apart. Byte arrays are views on the response. */
export interface BasicOcspResponse {
  /** tbsResponseData: the octets that are signed. */
  readonly tbs: Uint8Array;
  readonly responderId: ResponderId;
  readonly producedAt: Date;
  readonly responses: readonly ParsedSingleResponse[];
  readonly extensions: readonly Extension[];
  readonly nonce?: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithmName | UnknownAlgorithm;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
  readonly certs: readonly Uint8Array[];
}

export type OcspResponse =
  | { readonly status: 'successful'; readonly basic: BasicOcspResponse }
  | { readonly status: Exclude<OcspResponseStatus, 'successful'>; readonly basic?: undefined };

const statuses: readonly (OcspResponseStatus | undefined)[] = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
];

/**
 * Reads an OCSPResponse (RFC 6960 4.2) of at most 1 MiB. Throws DerError, X509Error or OcspResponseError. NOT checked: the
 * signature, who may sign, the times, whether it answers what was asked.
 */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  const reader = DerReader.of(der, { maxBytes: MAX_RESPONSE_BYTES });
  const response = reader.sequence();
  reader.end();
  const status = statuses[response.enumerated()];
  if (status === undefined) throw new OcspResponseError('bad-status', 'there is no such response status');
  const wrapper = response.optionalExplicit(0);
  response.end();
  if (status !== 'successful') {
    if (wrapper !== undefined) throw new OcspResponseError('bad-structure', `${status} carries response bytes`);
    return { status };
  }
  if (wrapper === undefined) throw new OcspResponseError('bad-structure', 'successful without response bytes');
  const responseBytes = wrapper.sequence();
  wrapper.end();
  const type = responseBytes.oid();
  if (type !== oid.ocspBasic) throw new OcspResponseError('bad-response-type', `response type ${type} is not known`);
  const basic = responseBytes.octetString();
  responseBytes.end();
  return { status, basic: parseBasicOcspResponse(basic) };
}

/** Reads the BasicOCSPResponse inside; see `parseOcspResponse`. */
export function parseBasicOcspResponse(der: Uint8Array): BasicOcspResponse {
  const reader = DerReader.of(der, { maxBytes: MAX_RESPONSE_BYTES });
  const sequence = reader.sequence();
  reader.end();
  const tbs = sequence.any();
  const signatureAlgorithmDer = sequence.any();
  const signature = sequence.octetAlignedBitString();
  const wrapper = sequence.optionalExplicit(0);
  sequence.end();
  return {
    ...parseResponseData(tbs),
    signatureAlgorithm: parseSignatureAlgorithm(signatureAlgorithmDer),
    signatureAlgorithmDer,
    signature,
    certs: wrapper === undefined ? [] : readCertificates(wrapper),
  };
}

type ParsedResponseData = Pick<
  BasicOcspResponse,
  'tbs' | 'responderId' | 'producedAt' | 'responses' | 'extensions' | 'nonce'
>;

/** Reads tbsResponseData; see `parseOcspResponse`. */
export function parseResponseData(tbs: Uint8Array): ParsedResponseData {
  const reader = DerReader.of(tbs, { maxBytes: MAX_RESPONSE_BYTES });
  const sequence = reader.sequence();
  reader.end();
  if (sequence.peekTag() === 0xa0)
    throw new OcspResponseError('bad-version', 'the version is not v1, which is not written out');
  const responderId = readResponderId(sequence);
  const producedAt = sequence.generalizedTime();
  const responses = readResponses(sequence.sequence());
  const wrapper = sequence.optionalExplicit(1);
  const extensions = wrapper === undefined ? [] : readExtensions(wrapper);
  wrapper?.end();
  sequence.end();
  const nonce = findExtension(extensions, oid.ocspNonce);
  const data = { tbs, responderId, producedAt, responses, extensions };
  return nonce === undefined ? data : { ...data, nonce: parseNonce(nonce.value) };
}

function readResponderId(sequence: DerReader): ResponderId {
  const byName = sequence.optionalExplicit(1);
  if (byName !== undefined) {
    const nameDer = byName.any();
    byName.end();
    return { kind: 'byName', nameDer };
  }
  const byKey = sequence.explicit(2);
  const keyHash = byKey.octetString();
  byKey.end();
  return { kind: 'byKey', keyHash };
}

function readResponses(list: DerReader): ParsedSingleResponse[] {
  const responses: ParsedSingleResponse[] = [];
  while (!list.atEnd) {
    if (responses.length === MAX_RESPONSES)
      throw new OcspResponseError('too-many', `more than ${MAX_RESPONSES} answers`);
    responses.push(readSingle(list.sequence()));
  }
  if (responses.length === 0) throw new OcspResponseError('bad-structure', 'a response without any answer');
  return responses;
}

function readSingle(item: DerReader): ParsedSingleResponse {
  const certId = readCertId(item);
  const status = readStatus(item);
  const thisUpdate = item.generalizedTime();
  const next = item.optionalExplicit(0);
  const nextUpdate = next?.generalizedTime();
  next?.end();
  const wrapper = item.optionalExplicit(1);
  const singleExtensions = wrapper === undefined ? [] : readExtensions(wrapper);
  wrapper?.end();
  item.end();
  const single = { certId, status, thisUpdate, singleExtensions };
  return nextUpdate === undefined ? single : { ...single, nextUpdate };
}

function readStatus(item: DerReader): CertStatus {
  switch (item.peekTag()) {
    case 0x80:
    case 0x82: {
      const { tag, content } = item.rawElement();
      if (content.length > 0) throw new OcspResponseError('bad-structure', 'a status that is NULL has content');
      return { kind: tag === 0x80 ? 'good' : 'unknown' };
    }
    case 0xa1: {
      const revoked = item.explicit(1);
      const revocationTime = revoked.generalizedTime();
      const wrapper = revoked.optionalExplicit(0);
      revoked.end();
      if (wrapper === undefined) return { kind: 'revoked', revocationTime };
      const reason = checkReason(wrapper.enumerated());
      wrapper.end();
      return { kind: 'revoked', revocationTime, reason };
    }
    default:
      throw new OcspResponseError('bad-structure', 'a status that is neither good nor revoked nor unknown');
  }
}

function readCertificates(wrapper: DerReader): Uint8Array[] {
  const list = wrapper.sequence();
  wrapper.end();
  const certs: Uint8Array[] = [];
  while (!list.atEnd) {
    if (certs.length === MAX_CERTIFICATES)
      throw new OcspResponseError('too-many', `more than ${MAX_CERTIFICATES} certificates`);
    certs.push(list.any());
  }
  return certs;
}
