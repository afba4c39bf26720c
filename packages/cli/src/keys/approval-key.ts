import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { refused } from '@see/domain';
import { credentialId, type PublicJwk } from '@see/statement';
import { writeNewFile } from './new-file.ts';

/** A person's approval key as a file on that person's own machine. */
export interface ApprovalKey {
  readonly credentialId: string;
  readonly label: string;
  readonly publicKey: PublicJwk;
  readonly privateKey: KeyObject;
}

interface KeyFile {
  readonly v: 1;
  readonly kind: 'see-pki-approval-key';
  readonly label: string;
  readonly credentialId: string;
  readonly publicKey: PublicJwk;
  /** PKCS#8 as PEM, encrypted (PBES2, AES-256) when there is a passphrase. */
  readonly privateKey: string;
}

/** Makes a P-384 key for approvals (ES384). */
export function generateApprovalKey(label: string): ApprovalKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  return { label, privateKey, ...publicParts(publicKey) };
}

/** Writes a key file that only its owner may read. Refuses to replace a file. Returns the text of the public part. */
export function writeApprovalKey(path: string, key: ApprovalKey, passphrase: Uint8Array | undefined): void {
  const pem = passphrase
    ? key.privateKey.export({
        format: 'pem',
        type: 'pkcs8',
        cipher: 'aes-256-cbc',
        passphrase: Buffer.from(passphrase),
      })
    : key.privateKey.export({ format: 'pem', type: 'pkcs8' });
  const file: KeyFile = {
    v: 1,
    kind: 'see-pki-approval-key',
    label: key.label,
    credentialId: key.credentialId,
    publicKey: key.publicKey,
    privateKey: String(pem),
  };
  writeNewFile(path, `${JSON.stringify(file, null, 2)}\n`, 0o600);
}

/** Writes the part of a key that may be handed around: for `see operator register`. */
export function writePublicKey(path: string, key: ApprovalKey): void {
  const file = {
    v: 1,
    kind: 'see-pki-public-key',
    label: key.label,
    credentialId: key.credentialId,
    publicKey: key.publicKey,
  };
  writeNewFile(path, `${JSON.stringify(file, null, 2)}\n`, 0o644);
}

/** Reads a key file. Throws RefusedError `bad-key-file` or `wrong-passphrase`; never tells what is in it. */
export function readApprovalKey(path: string, passphrase: Uint8Array | undefined): ApprovalKey {
  const file = readKeyFile(path) as Partial<KeyFile>;
  if (file.kind !== 'see-pki-approval-key' || typeof file.privateKey !== 'string') {
    throw refused('bad-key-file', `${path} holds no approval key`, { remedy: 'make one: see operator keygen' });
  }
  const encrypted = file.privateKey.includes('ENCRYPTED');
  if (encrypted && !passphrase)
    throw refused('passphrase-needed', `${path} is protected by a passphrase`, {
      remedy: 'give --passphrase-file FILE',
    });
  try {
    const privateKey = createPrivateKey({
      key: file.privateKey,
      format: 'pem',
      ...(encrypted && passphrase ? { passphrase: Buffer.from(passphrase) } : {}),
    });
    return { label: file.label ?? '', privateKey, ...publicParts(createPublicKey(privateKey)) };
  } catch {
    throw refused('wrong-passphrase', `${path} can not be opened with this passphrase`);
  }
}

/** Reads the public part of a key file or of a public key file. */
export function readPublicKey(path: string): {
  readonly label: string;
  readonly credentialId: string;
  readonly publicKey: PublicJwk;
} {
  const file = readKeyFile(path) as Partial<KeyFile>;
  const jwk = file.publicKey;
  if (jwk?.kty !== 'EC' || jwk.crv !== 'P-384') throw refused('bad-key-file', `${path} holds no P-384 public key`);
  const publicKey: PublicJwk = { kty: 'EC', crv: 'P-384', x: jwk.x, y: jwk.y };
  return { label: file.label ?? 'key', credentialId: credentialId(publicKey), publicKey };
}

/** Reads any of the files of keys: a JSON object. Throws RefusedError `bad-key-file`. */
export function readKeyFile(path: string): object {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw refused('bad-key-file', `${path} can not be read: ${(error as NodeJS.ErrnoException).code ?? 'error'}`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not JSON: the same answer as for JSON that is no object.
  }
  throw refused('bad-key-file', `${path} is no key file`);
}

function publicParts(key: KeyObject): { publicKey: PublicJwk; credentialId: string } {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const publicKey: PublicJwk = { kty: 'EC', crv: 'P-384', x, y };
  return { publicKey, credentialId: credentialId(publicKey) };
}
