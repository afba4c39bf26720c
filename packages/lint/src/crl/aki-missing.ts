import type { CrlRule } from '../rule.ts';

/** A CRL points to the key that signed it. */
export const akiMissing: CrlRule = {
  id: 'e_rev1_aki_missing',
  severity: 'error',
  source: 'REV-1; RFC 5280 5.2.1',
  check({ authorityKeyIdentifier }) {
    return authorityKeyIdentifier?.keyIdentifier === undefined
      ? 'authorityKeyIdentifier with a key identifier is missing'
      : undefined;
  },
};
