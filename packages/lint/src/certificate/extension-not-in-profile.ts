import { allowedExtensions } from '../allowed-extensions.ts';
import type { CertificateRule } from '../rule.ts';

/** A certificate holds no extension that its profile does not name. */
export const extensionNotInProfile: CertificateRule = {
  id: 'e_prf_extension_not_in_profile',
  severity: 'error',
  source: 'PRF; SBR 7.1.2',
  check({ tbs, purpose }) {
    const stray = tbs.extensions.find(({ oid: type }) => !allowedExtensions[purpose].includes(type));
    return stray === undefined ? undefined : `the extension ${stray.oid} has no place in a ${purpose} certificate`;
  },
};
