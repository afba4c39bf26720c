import { oid, printable } from '@see/x509';
import { caPurposes, userPurposes } from '../lint-context.ts';
import { isReservedName } from '../reserved-names.ts';
import type { CertificateRule } from '../rule.ts';

/** The names of domain authorities belong to gateways alone. */
export const reservedName: CertificateRule = {
  id: 'e_dom3_reserved_name',
  severity: 'error',
  source: 'DOM-3; RFC 3183 6',
  purposes: [...caPurposes, ...userPurposes, 'tls-server', 'ocsp-responder', 'operator'],
  check(subject) {
    for (const value of subject.attributeValues(oid.commonName)) {
      if (isReservedName(value)) return `the common name ${printable(value)} is reserved for gateways`;
    }
    for (const name of subject.subjectAltName ?? []) {
      if (name.kind !== 'rfc822Name') continue;
      if (isReservedName(name.value.slice(0, name.value.lastIndexOf('@'))))
        return `${printable(name.value)} is reserved for gateways`;
    }
    return undefined;
  },
};
