import { findExtension, oid } from '@see/x509';
import { isNeverIssued } from '../never-issued.ts';
import type { OcspRule } from '../rule.ts';

/** Who calls a serial revoked that was never issued says so. */
export const extendedRevokeMissing: OcspRule = {
  id: 'e_rev26_extended_revoke_missing',
  severity: 'error',
  source: 'REV-26; RFC 6960 4.4.8',
  check({ basic }) {
    const never = basic.responses.some(isNeverIssued);
    return never && !findExtension(basic.extensions, oid.ocspExtendedRevoke) ? 'extended-revoke is missing' : undefined;
  },
};
