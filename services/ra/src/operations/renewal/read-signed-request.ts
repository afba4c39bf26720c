import { CmsError, readSignedData, type SignedContent } from '@see/cms';
import { Refusal } from '@see/http';
import { decodeBase64, decodePem, PemError } from '@see/x509';

/** A request as it came: its own octets, and what they say. Nothing is verified. */
export interface SignedRequest {
  readonly der: Uint8Array;
  readonly signed: SignedContent;
}

const HOW = 'openssl cms -sign -binary -nodetach -md sha384 -in FILE -signer CERTIFICATE -inkey KEY -outform PEM';

/** Reads a signed request from PEM (`CMS` or `PKCS7`), base64 of DER, or DER. Throws Refusal `signature-refused`. */
export function readSignedRequest(body: string | Uint8Array): SignedRequest {
  const der = derOf(body);
  try {
    return { der, signed: readSignedData(der) };
  } catch (error) {
    if (error instanceof CmsError) throw unreadable(error.message);
    throw error;
  }
}

function derOf(body: string | Uint8Array): Uint8Array {
  if (typeof body !== 'string' && body[0] === 0x30) return body;
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
    const plain = text.includes('-----') ? undefined : decodeBase64(text.replaceAll(/\s+/g, ''));
    if (plain && plain.length > 0) return plain;
    const [only, ...more] = decodePem(text, ['CMS', 'PKCS7']);
    if (only && more.length === 0) return only;
  } catch (error) {
    if (!(error instanceof PemError || error instanceof TypeError)) throw error;
    throw unreadable(error.message);
  }
  throw unreadable('more than one signed request came; send one at a time');
}

function unreadable(why: string): Refusal {
  return new Refusal('signature-refused', `The signed request can not be read: ${why}. It is made by: ${HOW}`);
}
