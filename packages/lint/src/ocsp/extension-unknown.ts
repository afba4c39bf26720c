import { oid } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** A response holds no extension that this project does not know. */
export const extensionUnknown: OcspRule = {
  id: 'e_rfc6960_extension_unknown',
  severity: 'error',
  source: 'RFC 6960 4.4',
  check({ basic }) {
    const stray = basic.extensions.find(({ oid: type }) => type !== oid.ocspNonce && type !== oid.ocspExtendedRevoke);
    return stray && `the extension ${stray.oid} is not known`;
  },
};
