import { keyName } from '../key-name.ts';
import { caPurposes } from '../lint-context.ts';
import type { CertificateRule } from '../rule.ts';

/** Keys are of a kind and size that some profile may allow at all. */
export const keyNotAllowed: CertificateRule = {
  id: 'e_prf31_key_not_allowed',
  severity: 'error',
  source: 'PRF 3.1; GOV-2',
  check({ key, purpose }) {
    if (key === undefined) return undefined;
    const least = caPurposes.includes(purpose) ? 4096 : 3072;
    const allowed =
      key.kind === 'rsa' ? key.bits >= least : key.kind === 'ec' ? key.curve.startsWith('P-') : key.kind !== 'other';
    return allowed ? undefined : `a ${keyName(key)} key is not allowed for ${purpose}`;
  },
};
