import type { OcspRule } from '../rule.ts';

/** No answer is good for a serial that no certificate has. */
export const goodForNoSerial: OcspRule = {
  id: 'e_rev26_good_for_no_serial',
  severity: 'error',
  source: 'REV-26',
  check({ basic }) {
    const wrong = basic.responses.some(
      ({ status, certId: { serialNumber, serialHex } }) =>
        status.kind === 'good' &&
        ((serialNumber[0] as number) >= 0x80 || serialHex === '00' || serialNumber.length > 20),
    );
    return wrong ? 'an answer is good for a serial that is not positive or too long' : undefined;
  },
};
