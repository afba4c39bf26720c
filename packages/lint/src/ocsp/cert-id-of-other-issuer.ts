import { equalBytes } from '@see/asn1';
import { sha1, sha256 } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** Answers are about certificates of the CA. */
export const certIdOfOtherIssuer: OcspRule = {
  id: 'e_rev29_cert_id_of_other_issuer',
  severity: 'error',
  source: 'REV-29',
  check({ basic, issuer }) {
    if (issuer === undefined) return undefined;
    for (const { certId } of basic.responses) {
      const hash = certId.hashAlgorithm === 'sha1' ? sha1 : certId.hashAlgorithm === 'sha256' ? sha256 : undefined;
      if (hash === undefined) continue;
      const name = equalBytes(certId.issuerNameHash, hash(issuer.certificate.subjectDer));
      if (!name || !equalBytes(certId.issuerKeyHash, hash(issuer.key.publicKeyBits)))
        return 'a CertID names another issuer';
    }
    return undefined;
  },
};
