import { findExtension, oid, toHex } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** extended-revoke is NULL and not critical. */
export const extendedRevokeForm: OcspRule = {
  id: 'e_rev26_extended_revoke_form',
  severity: 'error',
  source: 'REV-26; RFC 6960 4.4.8',
  check({ basic }) {
    const extension = findExtension(basic.extensions, oid.ocspExtendedRevoke);
    if (extension === undefined) return undefined;
    return extension.critical || toHex(extension.value) !== '0500'
      ? 'extended-revoke is critical or not NULL'
      : undefined;
  },
};
