/** Why an envelope cannot be read or opened. Stable: callers switch on these. */
export type CmsErrorCode = 'malformed' | 'unsupported' | 'too-large' | 'not-a-recipient' | 'cannot-decrypt';

/** The message never holds anything decrypted. */
export class CmsError extends Error {
  override readonly name = 'CmsError';
  readonly code: CmsErrorCode;

  constructor(code: CmsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
