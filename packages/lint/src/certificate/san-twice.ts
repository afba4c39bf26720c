import type { CertificateRule } from '../rule.ts';

/** No alternative name is there twice. */
export const sanTwice: CertificateRule = {
  id: 'w_prf_san_twice',
  severity: 'warning',
  source: 'RFC 5280 4.2.1.6',
  check({ subjectAltName = [] }) {
    const seen = new Set<string>();
    for (const name of subjectAltName) {
      if (!('value' in name) || typeof name.value !== 'string') continue;
      const key = `${name.kind}:${name.value.toLowerCase()}`;
      if (seen.has(key)) return `${name.value} is there twice`;
      seen.add(key);
    }
    return undefined;
  },
};
