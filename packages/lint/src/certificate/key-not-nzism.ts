import { keyName } from '../key-name.ts';
import type { CertificateRule } from '../rule.ts';

/** Keys outside P-384 and RSA are exceptions, shown and audited. */
export const keyNotNzism: CertificateRule = {
  id: 'w_gov2_key_not_nzism',
  severity: 'warning',
  source: 'GOV-2',
  check({ key }) {
    if (key === undefined || key.kind === 'rsa') return undefined;
    return key.kind === 'ec' && key.curve === 'P-384' ? undefined : `a ${keyName(key)} key is an exception from NZISM`;
  },
};
