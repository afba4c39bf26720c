import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileDurable } from '@see/db';
import { assembleSigned, buildCsrInfo, encodeName, encodePem, signatureAlgorithm, subjectAltName } from '@see/x509';

/** A private key of ra's own TLS server. It is in ra's folder and in ra's memory, and nowhere else. */
export interface ServerKey {
  /** SHA-256 of the SubjectPublicKeyInfo, hex; also the name of its file. */
  readonly spkiSha256: string;
  readonly spki: Uint8Array;
  readonly privateKey: KeyObject;
}

const NAME = /^([0-9a-f]{64})\.key$/;

/** Makes a P-384 key and writes it durably, readable by ra alone. */
export function makeServerKey(folder: string): ServerKey {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const key = keyOf(privateKey);
  writeFileDurable(fileOf(folder, key), privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  return key;
}

/** The keys in a folder that is ra's own. A file that is no key, or another one than its name says, throws with its name. */
export function readServerKeys(folder: string): readonly ServerKey[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .map((name) => {
      let key: ServerKey;
      try {
        key = keyOf(createPrivateKey(readFileSync(join(folder, name))));
      } catch (cause) {
        throw new Error(`${join(folder, name)} is no private key; remove it`, { cause });
      }
      if (`${key.spkiSha256}.key` !== name) throw new Error(`${join(folder, name)} is another key than its name says`);
      return key;
    });
}

/** Removes a key whose certificates are all over. */
export function removeServerKey(folder: string, key: ServerKey): void {
  rmSync(fileOf(folder, key), { force: true });
}

/** A PKCS#10 request for these DNS names, as PEM. The names are what we wish; the order decides (promise 5). */
export function serverRequest({ spki, privateKey }: ServerKey, names: readonly string[]): string {
  const wished = names.map((value) => ({ kind: 'dNSName', value }) as const);
  const info = buildCsrInfo({ subjectDer: encodeName([]), spki, extensions: [subjectAltName(wished, true)] });
  const signature = sign('sha384', info, privateKey);
  return encodePem('CERTIFICATE REQUEST', assembleSigned(info, signatureAlgorithm('ecdsa-sha384'), signature));
}

function keyOf(privateKey: KeyObject): ServerKey {
  const spki = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return { privateKey, spki, spkiSha256: createHash('sha256').update(spki).digest('hex') };
}

function fileOf(folder: string, { spkiSha256 }: ServerKey): string {
  return join(folder, `${spkiSha256}.key`);
}
