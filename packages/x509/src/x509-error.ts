/** Why a name, key, extension or structure is refused although its DER is sound. Stable: callers switch on these. */
export type X509ErrorCode =
  | 'bad-version'
  | 'bad-serial-number'
  | 'bad-validity'
  | 'bad-name'
  | 'bad-mail-address'
  | 'bad-dns-name'
  | 'bad-ip-address'
  | 'bad-uri'
  | 'bad-general-name'
  | 'too-many-names'
  | 'duplicate-attribute'
  | 'duplicate-extension'
  | 'bad-attribute'
  | 'bad-extension'
  | 'bad-key'
  | 'bad-signature'
  | 'algorithm-mismatch';

/** A structure that is DER but not what its standard allows. `path`, where set, names the field. */
export class X509Error extends Error {
  override readonly name = 'X509Error';
  readonly code: X509ErrorCode;
  readonly rule: string;
  path: string | undefined;

  constructor(code: X509ErrorCode, rule: string, message: string) {
    super(`${message} (${rule})`);
    this.code = code;
    this.rule = rule;
    this.path = undefined;
  }
}
