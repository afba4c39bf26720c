import { equalBytes } from '@see/asn1';
import { oid, parseAuthorityKeyIdentifier } from '@see/x509';
import type { OcspRule } from '../rule.ts';

/** A delegate was issued by the CA that it answers for, with the same key. */
export const delegateOfOtherCa: OcspRule = {
  id: 'e_rev23_delegate_of_other_ca',
  severity: 'error',
  source: 'REV-23',
  check({ delegate, issuer }) {
    if (delegate === undefined || issuer === undefined) return undefined;
    if (!equalBytes(delegate.certificate.issuerDer, issuer.certificate.subjectDer))
      return 'the delegate was issued by another CA';
    const identifier = delegate.certificate.extension(oid.authorityKeyIdentifier);
    const found = identifier && parseAuthorityKeyIdentifier(identifier.value).keyIdentifier;
    if (found === undefined || issuer.keyIdentifier === undefined) return undefined;
    return equalBytes(found, issuer.keyIdentifier) ? undefined : 'the delegate was issued by another key of the CA';
  },
};
