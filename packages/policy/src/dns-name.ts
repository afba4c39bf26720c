import { domainToASCII, domainToUnicode } from 'node:url';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The A-label form of a host name as certificates carry it: lower case, no trailing dot, no IP literal, no URL, no
 * underscore. `*` is taken as the whole left-most label only. Returns undefined for anything else. Accepts U-labels
 * (IDNA processing as of UTS #46) and refuses A-labels that are no valid punycode.
 */
export function readDnsName(text: string): string | undefined {
  const wildcard = text.startsWith('*.');
  const host = wildcard ? text.slice(2) : text;
  if (host.length === 0 || /[\s/:@?#%\\[\]]/.test(host)) return undefined;
  const ascii = domainToASCII(host);
  if (ascii === '' || ascii.length > 253 || /^[0-9.]+$/.test(ascii)) return undefined;
  const labels = ascii.split('.');
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  if (labels.some((label) => label.startsWith('xn--')) && domainToASCII(domainToUnicode(ascii)) !== ascii)
    return undefined;
  if (host !== ascii && host.toLowerCase() !== ascii && domainToASCII(host.toLowerCase()) !== ascii) return undefined;
  return wildcard ? `*.${ascii}` : ascii;
}

/** Scripts mixed in one label, the usual sign of a look-alike name: worth a warning, never a silent pass. */
export function mixedScript(name: string): boolean {
  return domainToUnicode(name)
    .split('.')
    .some(
      (label) => /[^\p{ASCII}]/u.test(label) && /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}/u.test(label),
    );
}
