import { readSignedData } from '@see/cms';
import { decryptKey, encryptKey, PfxError } from '@see/pfx';
import { decodePem, encodePem, parseCsr } from '@see/x509';
import type { RequestedKey } from '../enrolment/key-pair.ts';

/** A renewal that waits for its approval: the new key, and the request that answers the same order whenever it is sent. */
export interface WaitingRenewal {
  readonly key: RequestedKey;
  /** CMS SignedData, DER. */
  readonly request: Uint8Array;
}

const KEY = 'ENCRYPTED PRIVATE KEY';

/**
 * The file that a waiting renewal goes on with later: the new key under the passphrase, and the signed request, both as PEM
 * that other tools read too.
 */
export async function writeWaitingFile({ key, request }: WaitingRenewal, passphrase: string): Promise<Blob> {
  const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const hidden = await encryptKey(key.pkcs8, passphrase, { subtle: crypto.subtle, randomBytes });
  return new Blob([encodePem(KEY, hidden), encodePem('CMS', request)], { type: 'application/x-pem-file' });
}

/** Whether a file is one of those. */
export function isWaitingFile(octets: Uint8Array): boolean {
  return new TextDecoder().decode(octets.subarray(0, 100)).includes(`BEGIN ${KEY}`);
}

/** Reads it again. Throws PfxError `wrong-password` when the passphrase does not open the key of the request. */
export async function readWaitingFile(octets: Uint8Array, passphrase: string): Promise<WaitingRenewal> {
  const [hidden, request] = decodePem(octets, [KEY, 'CMS']);
  if (!hidden || !request) throw new PfxError('malformed', 'the key or the request is missing');
  const csr = csrOf(readSignedData(request).content);
  const pkcs8 = new Uint8Array(await decryptKey(hidden, passphrase, crypto.subtle));
  const spki = new Uint8Array(parseCsr(csr).spki);
  if (!(await belongTogether(pkcs8, spki))) throw new PfxError('wrong-password', 'the key is not that of the request');
  return { key: { pkcs8, spki, csr }, request };
}

/** The CSR, which comes last in what was signed. */
function csrOf(content: Uint8Array): Uint8Array {
  const csr = decodePem(content, ['CERTIFICATE', 'CERTIFICATE REQUEST']).at(-1);
  if (!csr) throw new PfxError('malformed', 'the request has no CSR');
  return csr;
}

/** Whether a private and a public key are a pair: one verifies what the other signs. */
async function belongTogether(pkcs8: Uint8Array<ArrayBuffer>, spki: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { subtle } = crypto;
  const tried = crypto.getRandomValues(new Uint8Array(32));
  for (const algorithm of [
    { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  ]) {
    try {
      const publicKey = await subtle.importKey('spki', spki, algorithm, false, ['verify']);
      const privateKey = await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
      return await subtle.verify(algorithm, publicKey, await subtle.sign(algorithm, privateKey, tried), tried);
    } catch {
      // Of the other kind, or no key at all.
    }
  }
  return false;
}
