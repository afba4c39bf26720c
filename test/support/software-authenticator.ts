import { createHash } from 'node:crypto';
import { type AssertionChange, assertionOf, type SamplePasskey, samplePasskey } from '@see/statement/sample-passkey';

/** Where a passkey believes to be used. */
export interface Party {
  readonly origin: string;
  readonly rpId: string;
}

/** A passkey for signing in, in software, whose every output can be chosen. */
export interface SoftwarePasskey extends SamplePasskey {
  /** Base64url of what the service gave as the owner. */
  userHandle: string;
}

/** What a registration says otherwise than a good one. */
export interface RegistrationChange {
  readonly clientData?: Readonly<Record<string, unknown>>;
  readonly flags?: number;
  readonly rpId?: string;
  readonly id?: string;
  readonly format?: string;
  /** CBOR of the attestation statement. */
  readonly statement?: Uint8Array;
}

export function softwarePasskey(crv: 'P-256' | 'P-384' = 'P-384'): SoftwarePasskey {
  return { ...samplePasskey(crv), userHandle: '' };
}

/** What a browser sends to the service after it had this passkey made. */
export function registrationOf(
  key: SoftwarePasskey,
  challenge: string,
  party: Party,
  change: RegistrationChange = {},
): { id: string; clientDataJSON: string; attestationObject: string } {
  const clientData = JSON.stringify({
    type: 'webauthn.create',
    challenge,
    origin: party.origin,
    crossOrigin: false,
    ...change.clientData,
  });
  const id = Buffer.from(change.id ?? key.passkey, 'base64url');
  const head = Buffer.alloc(55);
  createHash('sha256')
    .update(change.rpId ?? party.rpId)
    .digest()
    .copy(head);
  // User present and verified, with attested credential data.
  head[32] = change.flags ?? 0x45;
  head.writeUInt16BE(id.length, 53);
  const authData = Buffer.concat([head, id, coseKey(key)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(authData.length);
  const attestationObject = Buffer.concat([
    Buffer.from('a363', 'hex'),
    Buffer.from('fmt'),
    text(change.format ?? 'none'),
    text('attStmt'),
    change.statement ?? Buffer.from('a0', 'hex'),
    text('authData'),
    Buffer.from('59', 'hex'),
    length,
    authData,
  ]);
  return {
    id: key.passkey,
    clientDataJSON: Buffer.from(clientData).toString('base64url'),
    attestationObject: attestationObject.toString('base64url'),
  };
}

/** What a browser sends to the service after this passkey was touched. */
export function touchOf(key: SoftwarePasskey, challenge: string, party: Party, change: AssertionChange = {}) {
  const { form: _, ...assertion } = assertionOf(key, Buffer.from(challenge, 'base64url'), party, change);
  return { id: key.passkey, userHandle: key.userHandle, ...assertion };
}

/** RFC 9053 section 7.1.1. */
function coseKey({ publicKey: { crv, x, y } }: SoftwarePasskey): Buffer {
  const [start, coordinate] = crv === 'P-256' ? ['a50102032620012', '5820'] : ['a5010203382220022', '5830'];
  return Buffer.concat([
    Buffer.from(`${start}1${coordinate}`, 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from(`22${coordinate}`, 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
}

/** CBOR text of less than 24 octets. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
}
