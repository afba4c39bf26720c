import type { CrlRule } from '../rule.ts';

/** Entries hold a reason and an invalidity date and nothing else. */
export const entryExtensionUnknown: CrlRule = {
  id: 'e_rfc5280_crl_entry_extension_unknown',
  severity: 'error',
  source: 'RFC 5280 5.3',
  check({ faults }) {
    return faults.unknownExtension && `the entry ${faults.unknownExtension} has an extension that is not known`;
  },
};
