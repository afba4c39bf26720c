import type { KeyUsageName, SubjectPublicKey } from '@see/x509';
import type { CertificateUnderLint } from './certificate-under-lint.ts';
import type { Purpose } from './lint-context.ts';

interface Expectation {
  readonly must: readonly KeyUsageName[];
  readonly may: readonly KeyUsageName[];
}

const SIGN: Expectation = { must: ['digitalSignature'], may: [] };

const expectations: Readonly<Partial<Record<Purpose, Expectation>>> = {
  root: { must: ['keyCertSign', 'cRLSign'], may: ['digitalSignature'] },
  'issuing-ca': { must: ['keyCertSign', 'cRLSign'], may: ['digitalSignature'] },
  'gateway-sign': SIGN,
  'user-auth': SIGN,
  'user-sign': { must: ['digitalSignature'], may: ['nonRepudiation'] },
  'tls-server': SIGN,
  'ocsp-responder': SIGN,
  operator: SIGN,
};

// Encryption: whatever the algorithm does to exchange keys.
function encryption(key: SubjectPublicKey): Expectation {
  const agrees = key.kind === 'ec' || key.kind === 'x25519' || key.kind === 'x448';
  return { must: [agrees ? 'keyAgreement' : 'keyEncipherment'], may: [] };
}

/** What is wrong with keyUsage for the purpose of the certificate (the PRF tables). */
export function keyUsageProblem({ purpose, key, keyUsage }: CertificateUnderLint): string | undefined {
  if (keyUsage === undefined || key === undefined) return undefined;
  const expected = expectations[purpose] ?? encryption(key);
  const missing = expected.must.find((usage) => !keyUsage.includes(usage));
  if (missing !== undefined) return `keyUsage lacks ${missing}`;
  const wrong = keyUsage.find((usage) => !expected.must.includes(usage) && !expected.may.includes(usage));
  return wrong === undefined ? undefined : `keyUsage has ${wrong}`;
}
