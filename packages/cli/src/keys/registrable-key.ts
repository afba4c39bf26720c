import { createHash } from 'node:crypto';
import { refused } from '@see/domain';
import {
  credentialId,
  importPasskeyJwk,
  importPublicJwk,
  type PasskeyJwk,
  passkeyFingerprintInput,
} from '@see/statement';
import { readKeyFile, readPublicKey } from './approval-key.ts';

/** The public part of an approval key, as administrators register it. */
export interface RegistrableKey {
  readonly label: string;
  readonly credentialId: string;
  readonly publicKey: PasskeyJwk;
  /** The id that its authenticator gave a passkey; null for a key file. */
  readonly passkey: string | null;
  /** What its owner reads out, hex. */
  readonly fingerprint: string;
}

/**
 * Reads the public part of a key file, or the file that the desk gives for a new passkey. Throws RefusedError
 * `bad-key-file`. Whose key it is nobody can read from it: that is what the fingerprint is for.
 */
export function readRegistrableKey(path: string): RegistrableKey {
  const file = readKeyFile(path) as Readonly<Record<string, unknown>>;
  if (file['kind'] === 'see-pki-passkey') return readPasskey(path, file);
  const key = readPublicKey(path);
  importPublicJwk(key.publicKey);
  return { ...key, passkey: null, fingerprint: Buffer.from(key.credentialId, 'base64url').toString('hex') };
}

function readPasskey(path: string, file: Readonly<Record<string, unknown>>): RegistrableKey {
  const { label, passkey } = file;
  const jwk = file['publicKey'] as Partial<PasskeyJwk> | undefined;
  if (typeof label !== 'string' || typeof passkey !== 'string' || typeof jwk !== 'object' || jwk === null) {
    throw refused('bad-key-file', `${path} holds no passkey`, { remedy: 'make one on the desk, under /register' });
  }
  const { kty, crv, x, y } = jwk as PasskeyJwk;
  const publicKey: PasskeyJwk = { kty, crv, x, y };
  try {
    importPasskeyJwk(publicKey);
  } catch {
    throw refused('bad-key-file', `${path} holds no public key on P-256 or P-384`);
  }
  const fingerprint = passkeyFingerprint(passkey, publicKey);
  return { label, credentialId: credentialId(publicKey), publicKey, passkey, fingerprint };
}

/** What the desk shows to a passkey's owner and administrators ask for: SHA-256 over id and public key, hex. */
export function passkeyFingerprint(passkey: string, publicKey: PasskeyJwk): string {
  return createHash('sha256').update(passkeyFingerprintInput(passkey, publicKey)).digest('hex');
}

/** A fingerprint as the desk shows it: groups of four, to read out. */
export function grouped(hex: string): string {
  return (hex.match(/.{1,4}/g) ?? []).join(' ');
}
