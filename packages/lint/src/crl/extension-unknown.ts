import { oid } from '@see/x509';
import type { CrlRule } from '../rule.ts';

const known: readonly string[] = [
  oid.authorityKeyIdentifier,
  oid.crlNumber,
  oid.deltaCrlIndicator,
  oid.issuingDistributionPoint,
  oid.freshestCrl,
  oid.expiredCertsOnCrl,
];

/** A CRL holds no extension that this project does not know. */
export const extensionUnknown: CrlRule = {
  id: 'e_rfc5280_crl_extension_unknown',
  severity: 'error',
  source: 'RFC 5280 5.2',
  check({ crl }) {
    const stray = crl.extensions.find(({ oid: type }) => !known.includes(type));
    return stray && `the extension ${stray.oid} is not known`;
  },
};
