import { oid } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** Answers hold an invalidity date or an archive cutoff and nothing else. */
export const singleExtensionUnknown: OcspRule = {
  id: 'e_rev28_single_extension_unknown',
  severity: 'error',
  source: 'REV-28',
  check({ basic }) {
    const known: readonly string[] = [oid.invalidityDate, oid.ocspArchiveCutoff, oid.crlReason];
    for (const { singleExtensions } of basic.responses) {
      const stray = singleExtensions.find(({ oid: type }) => !known.includes(type));
      if (stray !== undefined) return `the extension ${stray.oid} is not known`;
    }
    return undefined;
  },
};
