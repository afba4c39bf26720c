import { oid } from '@see/x509';
import { attributeName } from './attribute-name.ts';
import type { CertificateUnderLint } from './certificate-under-lint.ts';
import type { Purpose } from './lint-context.ts';

const exact: Readonly<Partial<Record<Purpose, string>>> = {
  'gateway-sign': oid.emailProtection,
  'gateway-encrypt': oid.emailProtection,
  'user-auth': oid.clientAuth,
  'user-sign': oid.emailProtection,
  'user-encrypt': oid.emailProtection,
  'tls-server': oid.serverAuth,
  'ocsp-responder': oid.ocspSigning,
  operator: oid.clientAuth,
};

// OCSPSigning is not among them: a CA that had it would pass as its issuer's responder.
const ofCas: readonly string[] = [oid.emailProtection, oid.clientAuth, oid.serverAuth, oid.timeStamping];

/** What is wrong with extKeyUsage for the purpose of the certificate (the PRF tables). */
export function extKeyUsageProblem({ purpose, extKeyUsage }: CertificateUnderLint): string | undefined {
  if (extKeyUsage === undefined) return 'extKeyUsage is missing';
  const wanted = exact[purpose];
  if (wanted !== undefined) {
    const [found, more] = extKeyUsage;
    return found === wanted && more === undefined ? undefined : `extKeyUsage is not ${attributeName(wanted)} alone`;
  }
  const wrong = extKeyUsage.find((each) => !ofCas.includes(each));
  return wrong === undefined ? undefined : `a CA does not have the purpose ${attributeName(wrong)}`;
}
