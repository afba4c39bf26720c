import type { CertificateRule } from '../rule.ts';

/** A serial number is greater than zero. */
export const serialNotPositive: CertificateRule = {
  id: 'e_rfc5280_serial_not_positive',
  severity: 'error',
  source: 'RFC 5280 4.1.2.2',
  check({ tbs: { serialNumber, serialHex } }) {
    const negative = (serialNumber[0] as number) >= 0x80;
    return negative || serialHex === '00' ? `the serial number ${serialHex} is not positive` : undefined;
  },
};
