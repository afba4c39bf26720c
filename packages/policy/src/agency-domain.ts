import { isWithin, type Refusal, refused } from '@see/domain';
import { parse } from 'tldts';
import { readDnsName } from './dns-name.ts';

/**
 * Checks a mail or DNS domain that an agency wants in its scope: a valid host name, no public suffix of the Public
 * Suffix List (private section included), inside the issuing CAs' name constraints. Returns its A-label form or why not.
 */
export function checkAgencyDomain(
  text: string,
  permittedDomains: readonly string[],
): { readonly domain: string } | { readonly violation: Refusal } {
  const refuse = (code: string, message: string, source: string, remedy?: string) => ({
    violation: { code, message, source, path: 'domains', ...(remedy ? { remedy } : {}) },
  });
  const domain = readDnsName(text.trim());
  if (domain === undefined || domain.startsWith('*.'))
    return refuse('bad-domain', `${JSON.stringify(text)} is no domain name`, 'PRF-0.9');
  if (!permittedDomains.some((suffix) => isWithin(domain, suffix))) {
    return refuse(
      'domain-outside-constraints',
      `${domain} is outside the issuing CAs' name constraints (${permittedDomains.join(', ')})`,
      'PRF-I3',
      `re-issue the CAs with the suffix added: see ca reissue --permit ${domain}`,
    );
  }
  if (domain === 'localhost') return { domain };
  if (parse(domain, { allowPrivateDomains: true }).publicSuffix === domain) {
    return refuse('public-suffix', `${domain} is a public suffix; it belongs to nobody alone`, 'DOM-2');
  }
  return { domain };
}

/** A suffix that name constraints may permit, as A-labels; throws RefusedError for what is no name or a top-level domain. */
export function checkSuffix(text: string): string {
  const suffix = readDnsName(text.trim());
  if (suffix === undefined || suffix.startsWith('*.') || !suffix.includes('.')) {
    throw refused('bad-domain', `${JSON.stringify(text)} is no suffix of agencies' domains`, { source: 'PRF-I3' });
  }
  return suffix;
}
