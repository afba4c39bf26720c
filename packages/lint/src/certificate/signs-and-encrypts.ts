import type { CertificateRule } from '../rule.ts';

/** No key both signs and encrypts. */
export const signsAndEncrypts: CertificateRule = {
  id: 'e_gov4_signs_and_encrypts',
  severity: 'error',
  source: 'GOV-4; NZISM 17.2.24',
  check({ keyUsage = [] }) {
    const signs = keyUsage.some((usage) => usage === 'digitalSignature' || usage === 'nonRepudiation');
    const encrypts = keyUsage.some((usage) => usage.endsWith('Encipherment') || usage === 'keyAgreement');
    return signs && encrypts ? 'one key is to sign and to encrypt' : undefined;
  },
};
