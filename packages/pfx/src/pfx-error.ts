/** Why a PKCS#12 file cannot be made or read. Stable: callers switch on these. */
export type PfxErrorCode =
  | 'malformed'
  | 'too-large'
  | 'too-many-iterations'
  | 'unsupported'
  | 'no-mac'
  | 'wrong-password'
  | 'no-key'
  | 'no-certificate'
  | 'bad-password'
  | 'bad-friendly-name';

/** The message never holds the password or anything decrypted. */
export class PfxError extends Error {
  override readonly name = 'PfxError';
  readonly code: PfxErrorCode;

  constructor(code: PfxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
