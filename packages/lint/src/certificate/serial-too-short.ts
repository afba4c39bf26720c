import type { CertificateRule } from '../rule.ts';

/** A serial number of this CA has at least 16 octets, for 64 bits of chance and constant length. */
export const serialTooShort: CertificateRule = {
  id: 'e_prf0_serial_too_short',
  severity: 'error',
  source: 'PRF-0.2',
  check({ tbs: { serialNumber } }) {
    return serialNumber.length < 16 ? `the serial number has only ${serialNumber.length} octets` : undefined;
  },
};
