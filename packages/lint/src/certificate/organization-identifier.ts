import { oid, printable } from '@see/x509';
import type { CertificateRule } from '../rule.ts';

/** organizationIdentifier has the form of its scheme and the country of the subject. */
export const organizationIdentifier: CertificateRule = {
  id: 'e_prfg_organization_identifier',
  severity: 'error',
  source: 'PRF-G; SBR 7.1.4.2.2 d',
  check(subject) {
    const [value] = subject.attributeValues(oid.organizationIdentifier);
    const [country] = subject.attributeValues(oid.countryName);
    return value === undefined ? undefined : organizationIdentifierFault(value, country);
  },
};

/**
 * Why a value is no organizationIdentifier for a country (ISO 3166 alpha-2, any when undefined); undefined when it is
 * one: a GOV, NTR, VAT or LEI scheme in the form of SBR appendix A.
 */
export function organizationIdentifierFault(value: string, country: string | undefined): string | undefined {
  if (/^LEIXG-[0-9A-Z]{18}[0-9]{2}$/.test(value)) return undefined;
  const match = /^(?:GOV([A-Z]{2})(?:\+[A-Z0-9]{1,3})?|(?:NTR|VAT)([A-Z]{2})(?:\+[A-Z0-9]{1,3})?-.+)$/.exec(value);
  if (match === null) return `organizationIdentifier ${printable(value)} is of no known scheme`;
  const found = match[1] ?? match[2];
  return country === undefined || country === found
    ? undefined
    : `organizationIdentifier is of ${found}, the subject of ${country}`;
}
