import { findExtension, oid } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** The reason stands in RevokedInfo, not in an extension. */
export const reasonCodeExtension: OcspRule = {
  id: 'e_rev28_reason_code_extension',
  severity: 'error',
  source: 'REV-28; BR 7.3.2',
  check({ basic }) {
    return basic.responses.some(({ singleExtensions }) => findExtension(singleExtensions, oid.crlReason))
      ? 'an answer has the reasonCode extension'
      : undefined;
  },
};
