import { lintOcspResponse } from '@see/lint/ocsp-response';
import { assembleOcspResponse, buildResponseData, parseBasicOcspResponse, type SingleResponse } from '@see/ocsp';
import { signatureAlgorithm } from '@see/x509';
import { ocspKeyHash } from './key-identifier.ts';
import { admitLinted, IssuanceError, type LintedTbs } from './linted-tbs.ts';
import type { SigningKey } from './signing-key.ts';

/** The key that signs answers and the certificate by which the CA lets it (RFC 6960 4.2.2.2). */
export interface OcspDelegate {
  readonly key: SigningKey;
  /** DER; goes into every response (REV-23). */
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
  /** SHA-1 of the key's bits, by which responses name it (REV-22). */
  readonly keyHash: Uint8Array;
  /** AlgorithmIdentifier of its signatures, DER. */
  readonly algorithmDer: Uint8Array;
}

/** A delegate with what every one of its responses repeats, worked out once. */
export function ocspDelegate(key: SigningKey, certificate: Uint8Array, notAfter: Date): OcspDelegate {
  return {
    key,
    certificate,
    notAfter,
    keyHash: ocspKeyHash(key.spki),
    algorithmDer: signatureAlgorithm(key.algorithm),
  };
}

export interface OcspResponseInput {
  /** Certificate of the CA that all responses are about, DER. */
  readonly issuer: Uint8Array;
  readonly delegate: OcspDelegate;
  /** Whole seconds. */
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  /** Echoed as it came. */
  readonly nonce?: Uint8Array;
  /** Set when a response calls a serial number revoked that was never issued (REV-26). */
  readonly extendedRevoke?: boolean;
}

/** A whole OCSP response with its signature apart. */
export interface SignedOcspResponse {
  readonly der: Uint8Array;
  /** The value of the BIT STRING; ECDSA signatures are DER. */
  readonly signature: Uint8Array;
}

/** A whole OCSP response that was linted and may be signed once, by its delegate. */
export interface PreparedOcspResponse {
  /** Signs, verifies the signature, and returns the complete OCSPResponse. Throws IssuanceError. */
  sign(): Promise<SignedOcspResponse>;
  /**
   * Signs and returns the complete OCSPResponse, for the one client who asked with a nonce, for several certificates, or for a
   * serial number that was never issued. NOT checked: the signature, which nobody else gets and that client verifies.
   */
  signForOne(): Promise<Uint8Array>;
}

/**
 * Builds an OCSP response, lints it with everything but its signature, and returns the one-use right to sign it (promise
 * 1). Throws IssuanceError: `lint-failed`, or `no-time-left` when a nextUpdate lies beyond the delegate's end (REV-24).
 * NOT checked: whether the statuses are true.
 */
export function prepareOcspResponse(input: OcspResponseInput): PreparedOcspResponse {
  const { delegate, issuer, producedAt } = input;
  if (input.responses.some((response) => response.nextUpdate > delegate.notAfter))
    throw new IssuanceError('no-time-left', "nextUpdate lies beyond the delegate's end");
  const tbs = responseData(input);
  const dummy = delegate.key.algorithm === 'rsa-sha384' ? DUMMY_RSA : DUMMY_ECDSA;
  const unsigned = assembleOcspResponse(tbs, delegate.algorithmDer, dummy, [delegate.certificate]);
  const findings = lintOcspResponse(unsigned, { purpose: 'issuing-ca', issuer, now: producedAt });
  const linted = admitLinted(tbs, delegate.key.spki, findings);
  return { sign: () => sign(linted, delegate), signForOne: () => signForOne(linted, delegate) };
}

/**
 * The response that a signature was made over, built again: the octets are those that `sign` returned when the input is
 * the same. NOT checked: whether the signature is over it.
 */
export function restoreOcspResponse(input: OcspResponseInput, signature: Uint8Array): Uint8Array {
  const { algorithmDer, certificate } = input.delegate;
  return assembleOcspResponse(responseData(input), algorithmDer, signature, [certificate]);
}

/** Well-formed signature values that sign nothing: lint looks at the whole response. */
const DUMMY_ECDSA = Uint8Array.fromHex('3006020101020101');
const DUMMY_RSA = new Uint8Array(512);

function responseData({ delegate, producedAt, responses, nonce, extendedRevoke }: OcspResponseInput): Uint8Array {
  return buildResponseData({
    responderKeyHash: delegate.keyHash,
    producedAt,
    responses,
    ...(nonce ? { nonce } : {}),
    ...(extendedRevoke ? { extendedRevoke: true } : {}),
  });
}

async function signForOne(linted: LintedTbs, delegate: OcspDelegate): Promise<Uint8Array> {
  const signature = await linted.signUnverified(delegate.key);
  return assembleOcspResponse(linted.bytes, delegate.algorithmDer, signature, [delegate.certificate]);
}

async function sign(linted: LintedTbs, delegate: OcspDelegate): Promise<SignedOcspResponse> {
  const { signature } = parseBasicOcspResponse(await linted.sign(delegate.key));
  return {
    der: assembleOcspResponse(linted.bytes, delegate.algorithmDer, signature, [delegate.certificate]),
    signature,
  };
}
