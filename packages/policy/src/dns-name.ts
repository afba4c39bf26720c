import { domainToASCII, domainToUnicode } from 'node:url';
import { checkDnsName, X509Error } from '@see/x509';

/**
 * The A-label form of a host name as certificates carry it: lower case, no trailing dot, no IP literal, no URL, no
 * underscore. `*` is taken as the whole left-most label only. Returns undefined for anything else. Accepts U-labels
 * (IDNA processing as of UTS #46) and refuses A-labels that are no Punycode of a domain label.
 */
export function readDnsName(text: string): string | undefined {
  const wildcard = text.startsWith('*.');
  const host = wildcard ? text.slice(2) : text;
  if (/[\s/:@?#%\\[\]]/.test(host)) return undefined;
  const ascii = domainToASCII(host);
  const name = wildcard ? `*.${ascii}` : ascii;
  return isName(() => checkDnsName(name, { wildcard })) ? name : undefined;
}

/** Whether a check of a name goes through. */
export function isName(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof X509Error) return false;
    throw error;
  }
}

/** Scripts mixed in one label, the usual sign of a look-alike name: worth a warning, never a silent pass. */
export function mixedScript(name: string): boolean {
  return domainToUnicode(name)
    .split('.')
    .some(
      (label) => /[^\p{ASCII}]/u.test(label) && /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}/u.test(label),
    );
}
