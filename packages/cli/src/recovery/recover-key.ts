import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { buildEnvelope, CmsError, openEnvelope } from '@see/cms';
import { type RecoveryContent, refused } from '@see/domain';
import { encodePem, parseCertificate } from '@see/x509';
import { type AgentKey, openingKey } from '../keys/agent-key.ts';

/** What the service hands out at the release. */
export interface ReleasedEnvelope {
  readonly envelope: Uint8Array;
  /** The certificate of the key, DER. */
  readonly certificate: Uint8Array;
}

const { subtle } = globalThis.crypto;

/** Opens an agent's own envelope. Throws RefusedError `cannot-open`. */
export async function openWith(key: AgentKey, envelope: Uint8Array): Promise<Uint8Array> {
  try {
    return await openEnvelope(envelope, openingKey(key), subtle);
  } catch (error) {
    if (!(error instanceof CmsError)) throw error;
    throw refused('cannot-open', `${error.message} (${error.code})`, { remedy: 'is it the key file of this agent?' });
  }
}

/**
 * Opens the inner envelope and encrypts what was in it to the recipient that two agents signed for: PEM of key and
 * certificate in CMS EnvelopedData, which `openssl cms -decrypt` opens with the recipient's key. The key exists in this
 * process's memory only, and only if it is the one that the certificate was issued for: an envelope proves nothing by
 * itself. Throws RefusedError `cannot-open`, `other-certificate`, `other-key`.
 */
export async function recoverKey(
  key: AgentKey,
  content: RecoveryContent,
  { envelope, certificate }: ReleasedEnvelope,
): Promise<Uint8Array> {
  if (sha256(certificate) !== content.certificate)
    throw refused('other-certificate', 'the service gave another certificate than the one that was approved');
  const pkcs8 = await openWith(key, envelope);
  let pem: Buffer | undefined;
  try {
    const privateKey = importKey(pkcs8);
    assertKeyOf(privateKey, certificate, content.spkiSha256);
    pem = Buffer.from(`${privateKey.export({ format: 'pem', type: 'pkcs8' })}${encodePem('CERTIFICATE', certificate)}`);
    return await encryptTo(Uint8Array.fromBase64(content.recipient), pem);
  } finally {
    pkcs8.fill(0);
    pem?.fill(0);
  }
}

async function encryptTo(recipientDer: Uint8Array, content: Uint8Array): Promise<Uint8Array> {
  const { issuerDer, serialNumber, spki } = parseCertificate(recipientDer);
  const identifier = { kind: 'certificate', issuerDer, serial: serialNumber } as const;
  const tools = { subtle, randomBytes: (length: number) => new Uint8Array(randomBytes(length)) };
  return buildEnvelope(content, [{ spki, identifier }], tools);
}

function importKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    throw otherKey('what was in it is no private key');
  }
}

/** The public half is the certificate's, and the private half goes with it: it makes a signature that the certificate verifies. */
function assertKeyOf(privateKey: KeyObject, certificate: Uint8Array, spkiSha256: string): void {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  if (sha256(spki) !== spkiSha256) throw otherKey('the key in it is another one');
  const probe = randomBytes(32);
  const { publicKey } = new X509Certificate(certificate);
  if (!verify('sha384', probe, publicKey, trySign(privateKey, probe))) throw otherKey('the key in it does not work');
}

function trySign(privateKey: KeyObject, probe: Uint8Array): Uint8Array {
  try {
    return sign('sha384', probe, privateKey);
  } catch {
    return new Uint8Array(0);
  }
}

function otherKey(what: string) {
  return refused('other-key', `the copy does not hold the key of this certificate: ${what}`, {
    remedy: 'the key can not be recovered from this copy; refuse or close the recovery, and keep the audit trail',
    source: 'WF-K',
  });
}

function sha256(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
