import type { CertificateRule } from '../rule.ts';

/** A serial number has at most 20 octets. */
export const serialTooLong: CertificateRule = {
  id: 'e_rfc5280_serial_too_long',
  severity: 'error',
  source: 'RFC 5280 4.1.2.2',
  check({ tbs: { serialNumber } }) {
    return serialNumber.length > 20 ? `the serial number has ${serialNumber.length} octets` : undefined;
  },
};
