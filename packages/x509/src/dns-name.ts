import { hasForbiddenCharacter, isAscii, printable } from './name-characters.ts';
import { decodePunycode } from './punycode.ts';
import { X509Error } from './x509-error.ts';

/**
 * Throws `bad-dns-name` unless the text is a host name that may be certified: letters, digits and hyphens in labels of
 * 1..63, 253 in all, A-labels that decode, no trailing dot, no address in disguise. A wildcard is allowed only where
 * `wildcard` is set, only as the whole first label and only above two more. NOT checked: whether the name exists, is
 * public, or belongs to anyone; confusable scripts.
 */
export function checkDnsName(name: string, options: { readonly wildcard: boolean }): void {
  if (name.length === 0) refuse(name, 'is empty');
  if (name.length > 253) refuse(name, 'is longer than 253 characters');
  if (name.endsWith('.')) refuse(name, 'ends in a dot');
  const labels = name.split('.');
  let start = 0;
  if (labels[0] === '*') {
    if (!options.wildcard || labels.length < 3) refuse(name, 'is a wildcard that covers too much');
    start = 1;
  }
  for (let index = start; index < labels.length; index++) checkLabel(name, labels[index] as string);
  // A last label that is a number makes resolvers read the name as an IPv4 address.
  if (/^(\d+|0x[0-9a-f]*)$/i.test(labels[labels.length - 1] as string)) refuse(name, 'is an IP address, not a name');
}

function checkLabel(name: string, label: string): void {
  if (label.length === 0) refuse(name, 'has an empty label');
  if (label.length > 63) refuse(name, 'has a label longer than 63 characters');
  if (!/^[a-z0-9-]+$/i.test(label)) refuse(name, 'has characters other than letters, digits and hyphens');
  if (label.startsWith('-') || label.endsWith('-')) refuse(name, 'has a label that begins or ends with a hyphen');
  if (label[2] === '-' && label[3] === '-') checkALabel(name, label);
}

// RFC 5890 2.3.2.1: an A-label is the Punycode of a U-label, which is normalised, lower case and not ASCII.
function checkALabel(name: string, label: string): void {
  if (!/^xn--/i.test(label)) refuse(name, 'has a reserved label with hyphens in its third and fourth place');
  const text = decodePunycode(label.slice(4));
  if (text === undefined || !isULabel(text)) refuse(name, 'has a label that is not valid Punycode of a domain label');
}

function isULabel(text: string): boolean {
  if (isAscii(text) || hasForbiddenCharacter(text)) return false;
  if (text.normalize('NFC') !== text || text.toLowerCase() !== text) return false;
  const visible = text.replaceAll('\u200c', '').replaceAll('\u200d', '');
  return !/^[\p{M}-]|-$|[^\p{L}\p{M}\p{Nd}\u00b7\u0375\u05f3\u05f4\u30fb-]/u.test(visible);
}

function refuse(name: string, why: string): never {
  throw new X509Error('bad-dns-name', 'RFC 5280 4.2.1.6', `the DNS name ${printable(name)} ${why}`);
}
