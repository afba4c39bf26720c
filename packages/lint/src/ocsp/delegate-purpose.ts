import { oid } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** A delegate may sign OCSP answers. */
export const delegatePurpose: OcspRule = {
  id: 'e_rev23_delegate_purpose',
  severity: 'error',
  source: 'REV-23; RFC 6960 4.2.2.2',
  check({ delegate }) {
    return delegate === undefined || delegate.extKeyUsage.includes(oid.ocspSigning)
      ? undefined
      : 'the delegate lacks OCSPSigning';
  },
};
