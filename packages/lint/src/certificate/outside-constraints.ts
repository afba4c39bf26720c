import { oid, printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';
import { isWithin } from '../within-constraints.ts';

/** Every name stands under the name constraints of the issuer. */
export const outsideConstraints: CertificateRule = {
  id: 'e_rfc5280_outside_constraints',
  severity: 'error',
  source: 'PRF-I3; RFC 5280 4.2.1.10',
  check(subject) {
    const constraints = subject.issuer?.nameConstraints;
    if (constraints === undefined) return undefined;
    if (
      subject.tbs.subject.length > 0 &&
      !isWithin({ kind: 'directoryName', name: subject.tbs.subject }, constraints)
    ) {
      return 'the subject is outside the name constraints of the issuer';
    }
    const names = subject.subjectAltName ?? [];
    const mail = names.length === 0 ? subject.attributeValues(oid.emailAddress) : [];
    for (const name of [...names, ...mail.map((value) => ({ kind: 'rfc822Name', value }) as const)]) {
      if (isWithin(name, constraints)) continue;
      const text = 'value' in name && typeof name.value === 'string' ? printable(name.value) : name.kind;
      return `${text} is outside the name constraints of the issuer`;
    }
    return undefined;
  },
};
