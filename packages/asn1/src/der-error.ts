/** Every way in which bytes can fail to be DER, or a value can fail to be encodable. Stable: callers switch on these. */
export type DerErrorCode =
  | 'truncated'
  | 'trailing'
  | 'indefinite-length'
  | 'non-minimal-length'
  | 'length-too-large'
  | 'high-tag'
  | 'unexpected-tag'
  | 'bad-boolean'
  | 'bad-integer'
  | 'bad-oid'
  | 'bad-bit-string'
  | 'bad-string'
  | 'bad-time'
  | 'too-deep'
  | 'too-large'
  | 'too-many'
  | 'constructed-string'
  | 'default-encoded'
  | 'set-order'
  | 'duplicate'
  | 'bad-value';

/**
 * A violation of DER. `offset` counts octets from the start of the bytes that the reader was opened on, `rule` names the
 * clause that is violated, `path` (set by the structure that was being read) says in which field it happened.
 */
export class DerError extends Error {
  override readonly name = 'DerError';
  readonly code: DerErrorCode;
  readonly offset: number;
  readonly rule: string;
  path: string | undefined;

  constructor(code: DerErrorCode, offset: number, rule: string, message: string) {
    super(`${message} (${rule}, offset ${offset})`);
    this.code = code;
    this.offset = offset;
    this.rule = rule;
    this.path = undefined;
  }
}
