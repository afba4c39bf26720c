/**
 * Whether mail may go there: one address of the plain kind, dot-atom local part and host name (RFC 5321 4.1.2 without quoted
 * strings and address literals), at most 254 characters. Nothing that passes can end a header line, name a second recipient or
 * carry a comment.
 */
export function isPlainAddress(text: string): boolean {
  return text.length <= 254 && PLAIN.test(text) && text.indexOf('@') <= 64;
}

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const PLAIN = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})*$`);
