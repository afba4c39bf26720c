import { keyName } from '../key-name.ts';
import { caPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** CAs have P-384 keys, RSA of 4096 bits or ML-DSA. */
export const caKeyNotP384: CertificateRule = {
  id: 'e_prfr_ca_key',
  severity: 'error',
  source: 'PRF-R; GOV-2',
  purposes: caPurposes,
  check({ key }) {
    if (key === undefined || key.kind === 'rsa' || key.kind.startsWith('ml-dsa')) return undefined;
    return key.kind === 'ec' && key.curve === 'P-384' ? undefined : `a CA does not have a ${keyName(key)} key`;
  },
};
