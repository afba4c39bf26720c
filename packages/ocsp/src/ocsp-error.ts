/** OCSPResponseStatus (RFC 6960 4.2.1) without `successful` and `sigRequired`, which this responder never sends. */
export type OcspErrorStatus = 'malformedRequest' | 'internalError' | 'tryLater' | 'unauthorized';

/** A request that gets an unsigned error answer; `status` says which one. The message is for logs, not for the client. */
export class OcspRequestError extends Error {
  override readonly name = 'OcspRequestError';
  readonly status: 'malformedRequest' | 'unauthorized';

  constructor(status: 'malformedRequest' | 'unauthorized', message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export type OcspResponseErrorCode = 'bad-status' | 'bad-response-type' | 'bad-version' | 'bad-structure' | 'too-many';

/** A response whose DER is sound but which is not what RFC 6960 4.2.1 allows. */
export class OcspResponseError extends Error {
  override readonly name = 'OcspResponseError';
  readonly code: OcspResponseErrorCode;

  constructor(code: OcspResponseErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
