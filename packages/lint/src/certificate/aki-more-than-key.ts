import type { CertificateRule } from '../rule.ts';

/** authorityKeyIdentifier holds the key identifier and nothing else. */
export const akiMoreThanKey: CertificateRule = {
  id: 'e_prf0_aki_more_than_key',
  severity: 'error',
  source: 'PRF-0.11',
  check({ authorityKeyIdentifier: aki }) {
    if (aki === undefined) return undefined;
    if (aki.keyIdentifier === undefined) return 'authorityKeyIdentifier has no key identifier';
    const more = aki.authorityCertIssuer !== undefined || aki.authorityCertSerialNumber !== undefined;
    return more ? 'authorityKeyIdentifier names issuer or serial' : undefined;
  },
};
