import { keyName } from '../key-name.ts';
import type { CertificateRule } from '../rule.ts';

/** A key is not said to do what its algorithm cannot. */
export const keyUsageOfAlgorithm: CertificateRule = {
  id: 'e_prf31_key_usage_of_algorithm',
  severity: 'error',
  source: 'PRF 3.1; RFC 8410 5; RFC 9881; RFC 9935',
  check({ key, keyUsage = [] }) {
    if (key === undefined) return undefined;
    const signs = ['digitalSignature', 'nonRepudiation', 'keyCertSign', 'cRLSign'];
    const possible: Record<string, readonly string[]> = {
      rsa: [...signs, 'keyEncipherment', 'dataEncipherment'],
      ec: [...signs, 'keyAgreement', 'encipherOnly', 'decipherOnly'],
      x25519: ['keyAgreement', 'encipherOnly', 'decipherOnly'],
      x448: ['keyAgreement', 'encipherOnly', 'decipherOnly'],
    };
    const allowed = possible[key.kind] ?? (key.kind.startsWith('ml-kem') ? ['keyEncipherment'] : signs);
    const wrong = keyUsage.find((usage) => !allowed.includes(usage));
    return wrong === undefined ? undefined : `a ${keyName(key)} key cannot have the usage ${wrong}`;
  },
};
