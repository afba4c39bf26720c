import { printable } from './name-characters.ts';
import { X509Error } from './x509-error.ts';

/**
 * Throws `bad-uri` unless the text is an absolute URI in ASCII of at most 2,048 characters without spaces or quotes, and
 * not of a scheme that a browser would run.
 */
export function checkUri(uri: string): void {
  if (
    uri.length > 2048 ||
    /^(javascript|vbscript|data|file):/i.test(uri) ||
    !/^[a-z][a-z0-9+.-]*:[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]+$/i.test(uri)
  ) {
    throw new X509Error('bad-uri', 'RFC 3986', `${printable(uri)} is not an absolute URI`);
  }
}
