/** What an authenticator signs about itself (WebAuthn L3 6.1), as far as assertions have it. */
export interface AuthenticatorData {
  readonly rpIdHash: Uint8Array;
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  /** BE: the key may be copied to other devices. */
  readonly backupEligible: boolean;
  /** BS: it has been. */
  readonly backedUp: boolean;
  /** AT: attested credential data follow, which no assertion has. */
  readonly attested: boolean;
  readonly signCount: number;
}

const FIXED_OCTETS = 37;
const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;
const ED = 0x80;

/**
 * Reads the fixed part of authenticator data; undefined when it is too short, or longer than its flags say. Extensions
 * are signed but not read: none was asked for. Nothing is verified.
 */
export function readAuthenticatorData(bytes: Uint8Array): AuthenticatorData | undefined {
  if (bytes.length < FIXED_OCTETS) return undefined;
  const flags = bytes[32] ?? 0;
  const hasMore = (flags & (AT | ED)) !== 0;
  if (hasMore !== bytes.length > FIXED_OCTETS) return undefined;
  return {
    rpIdHash: bytes.subarray(0, 32),
    userPresent: (flags & UP) !== 0,
    userVerified: (flags & UV) !== 0,
    backupEligible: (flags & BE) !== 0,
    backedUp: (flags & BS) !== 0,
    attested: (flags & AT) !== 0,
    signCount: new DataView(bytes.buffer, bytes.byteOffset).getUint32(33),
  };
}
