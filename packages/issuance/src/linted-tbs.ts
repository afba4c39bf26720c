import type { Finding } from '@see/lint';
import { verifyInPool } from '@see/verify';
import { assembleSigned, signatureAlgorithm } from '@see/x509';
import { hashOf, type SigningKey } from './signing-key.ts';

export type IssuanceErrorCode =
  | 'lint-failed'
  | 'second-reading-differs'
  | 'already-used'
  | 'other-key'
  | 'signature-does-not-verify'
  | 'no-time-left'
  | 'crl-gate';

/** Something that must not be signed, or a signature that must not leave. */
export class IssuanceError extends Error {
  readonly code: IssuanceErrorCode;
  readonly findings: readonly Finding[];
  constructor(code: IssuanceErrorCode, message: string, findings: readonly Finding[] = []) {
    super(message);
    this.name = 'IssuanceError';
    this.code = code;
    this.findings = findings;
  }
}

const TOKEN = Symbol('only prepare functions of this package make one');

/**
 * Octets that were linted and may be signed once, by one key. There is no other way to a signature: only the prepare
 * functions of this package make one, after the lints ran over these very octets (promise 1).
 */
export class LintedTbs {
  readonly findings: readonly Finding[];
  readonly #bytes: Uint8Array;
  readonly #issuerSpki: Uint8Array;
  #used = false;

  /** @internal */
  constructor(token: symbol, bytes: Uint8Array, issuerSpki: Uint8Array, findings: readonly Finding[]) {
    if (token !== TOKEN) throw new TypeError('LintedTbs is made by preparing');
    // A copy: whoever holds the array that was linted can not change what will be signed.
    this.#bytes = bytes.slice();
    this.findings = findings;
    this.#issuerSpki = issuerSpki;
  }

  /** A copy of the octets. */
  get bytes(): Uint8Array {
    return this.#bytes.slice();
  }

  /**
   * Signs with the key that the TBS was prepared for, verifies the signature with the public key, and returns the
   * complete DER. A second call is refused, also after a failure. Throws IssuanceError.
   */
  async sign(key: SigningKey): Promise<Uint8Array> {
    const signature = await this.signUnverified(key);
    const holds = await verifyInPool(hashOf(key.algorithm), this.#bytes, key.publicKey, signature);
    if (!holds)
      throw new IssuanceError('signature-does-not-verify', 'the key returned a signature that does not verify');
    return assembleSigned(this.#bytes, signatureAlgorithm(key.algorithm), signature);
  }

  /**
   * The signature alone, as `sign` makes it. NOT checked: whether it verifies. For what goes to one client who verifies it
   * at once, and is kept by nobody.
   */
  async signUnverified(key: SigningKey): Promise<Uint8Array> {
    if (this.#used) throw new IssuanceError('already-used', 'these octets were signed already');
    if (!Buffer.from(key.spki).equals(this.#issuerSpki))
      throw new IssuanceError('other-key', 'the TBS was prepared for another key');
    this.#used = true;
    return key.sign(this.bytes);
  }
}

/** Makes the one-use token when no finding is an error. Only for this package. */
export function admitLinted(bytes: Uint8Array, issuerSpki: Uint8Array, findings: readonly Finding[]): LintedTbs {
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) {
    throw new IssuanceError(
      'lint-failed',
      `lint: ${errors.map((finding) => `${finding.id}: ${finding.message}`).join('; ')}`,
      errors,
    );
  }
  return new LintedTbs(TOKEN, bytes, issuerSpki, findings);
}
