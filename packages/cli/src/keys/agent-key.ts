import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { keyIdOf, type OpeningKey } from '@see/cms';
import { refused } from '@see/domain';
import { readKeyFile } from './approval-key.ts';
import { writeNewFile } from './new-file.ts';

/** A recovery agent's key as a file on the agent's own machine: what kept keys are encrypted to. It signs nothing. */
export interface AgentKey {
  readonly label: string;
  /** By which envelopes name it, hex. */
  readonly keyId: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

const PRIVATE_KIND = 'see-pki-recovery-agent-key';
const PUBLIC_KIND = 'see-pki-recovery-agent-public-key';
const BITS = 4096;

/** Makes an RSA key for the opening of kept keys. */
export function generateAgentKey(label: string): AgentKey {
  return withPublicParts(label, generateKeyPairSync('rsa', { modulusLength: BITS }).privateKey);
}

/** Writes the key (0600) and beside it the part that may be handed around, FILE.public.json. Refuses to replace a file. */
export function writeAgentKey(path: string, key: AgentKey, passphrase: Uint8Array | undefined): void {
  const shared = { v: 1, label: key.label, keyId: key.keyId, publicKey: key.publicKey.toBase64() };
  const privateKey = passphrase
    ? key.privateKey.export({
        format: 'pem',
        type: 'pkcs8',
        cipher: 'aes-256-cbc',
        passphrase: Buffer.from(passphrase),
      })
    : key.privateKey.export({ format: 'pem', type: 'pkcs8' });
  const write = (file: string, value: object, mode: number) =>
    writeNewFile(file, `${JSON.stringify(value, null, 2)}\n`, mode);
  write(path, { kind: PRIVATE_KIND, ...shared, privateKey: String(privateKey) }, 0o600);
  write(`${path}.public.json`, { kind: PUBLIC_KIND, ...shared }, 0o644);
}

/** Reads a key file. Throws RefusedError `bad-key-file`, `passphrase-needed`, `wrong-passphrase`; never tells what is in it. */
export function readAgentKey(path: string, passphrase: Uint8Array | undefined): AgentKey {
  const file = readKeyFile(path) as Readonly<Record<string, unknown>>;
  const { kind, label, privateKey } = file;
  if (kind !== PRIVATE_KIND || typeof privateKey !== 'string' || typeof label !== 'string') {
    throw refused('bad-key-file', `${path} holds no key of a recovery agent`, {
      remedy: 'make one: see recovery keygen',
    });
  }
  const encrypted = privateKey.includes('ENCRYPTED');
  if (encrypted && !passphrase)
    throw refused('passphrase-needed', `${path} is protected by a passphrase`, {
      remedy: 'give --agent-passphrase-file FILE',
    });
  try {
    const secret = encrypted && passphrase ? { passphrase: Buffer.from(passphrase) } : {};
    return withPublicParts(label, createPrivateKey({ key: privateKey, format: 'pem', ...secret }));
  } catch {
    throw refused('wrong-passphrase', `${path} can not be opened with this passphrase`);
  }
}

/** Reads the public part: of a key file, or of the file beside it. Throws RefusedError `bad-key-file`. */
export function readAgentPublicKey(path: string): { readonly label: string; readonly publicKey: string } {
  const { kind, label, publicKey } = readKeyFile(path) as Readonly<Record<string, unknown>>;
  const known = kind === PRIVATE_KIND || kind === PUBLIC_KIND;
  if (known && typeof label === 'string' && typeof publicKey === 'string') return { label, publicKey };
  throw refused('bad-key-file', `${path} holds no public key of a recovery agent`);
}

/** The key as envelopes are opened with it. */
export function openingKey({ privateKey, publicKey }: AgentKey): OpeningKey {
  return {
    privateKeyPkcs8: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
    identifier: { kind: 'key', keyId: keyIdOf(publicKey) },
  };
}

function withPublicParts(label: string, privateKey: KeyObject): AgentKey {
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return { label, privateKey, publicKey, keyId: keyIdOf(publicKey).toHex() };
}
