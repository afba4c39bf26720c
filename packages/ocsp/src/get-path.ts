import { decodeBase64 } from '@see/x509';
import { OcspRequestError } from './ocsp-error.ts';

const MAX_PATH = 16 * 1024;

/**
 * The request in the path of a GET (RFC 9919 section 5; REV-20): what follows the responder's URL, still encoded, with or
 * without the slash between. Takes percent-encoding once or twice, raw `/` and `+`, `+` that became a space, base64url,
 * missing padding, line breaks, slashes added at either end. Throws OcspRequestError `malformedRequest`. NOT checked: that
 * the octets are a request. A slash that some proxy removed from within cannot be put back: such a request is malformed.
 */
export function decodeOcspGetPath(path: string): Uint8Array {
  if (path.length > MAX_PATH) malformed('the path is too long');
  let text = path;
  for (let pass = 0; pass < 2 && text.includes('%'); pass++) text = percentDecode(text);
  // DER of a request begins with octet 30, so its base64 begins with M: slashes before it were added by someone.
  text = text
    .replaceAll(/[\r\n\t]/g, '')
    .trim()
    .replace(/^\/+/, '');
  text = text.replaceAll(' ', '+').replaceAll('-', '+').replaceAll('_', '/');
  const digits = cutToElement(text.replace(/=[=/]*$/, ''));
  const bytes = decodeBase64(digits + '='.repeat((4 - (digits.length % 4)) % 4));
  if (bytes === undefined || bytes.length === 0) malformed('the path is not base64');
  return bytes;
}

// Slashes at the end may belong to the base64 or not: the length that the DER itself gives decides.
function cutToElement(digits: string): string {
  if (!digits.endsWith('/')) return digits;
  const header = decodeBase64(digits.slice(0, 8).padEnd(8, 'A'));
  if (header === undefined) return digits;
  const long = (header[1] as number) - 0x80;
  let octets = 2 + (header[1] as number);
  if (long > 0)
    octets = 2 + long + (long === 1 ? (header[2] as number) : (header[2] as number) * 256 + (header[3] as number));
  const wanted = Math.ceil((octets * 4) / 3);
  return /^\/*$/.test(digits.slice(wanted)) ? digits.slice(0, wanted) : digits;
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return malformed('the path has a percent sign that encodes nothing');
  }
}

function malformed(message: string): never {
  throw new OcspRequestError('malformedRequest', message);
}
