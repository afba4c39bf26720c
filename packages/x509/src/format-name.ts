import type { AttributeTypeAndValue, Name } from './name.ts';
import { oid } from './oids.ts';

const shortNames: Readonly<Record<string, string>> = {
  [oid.commonName]: 'CN',
  [oid.surname]: 'SN',
  [oid.serialNumber]: 'serialNumber',
  [oid.countryName]: 'C',
  [oid.localityName]: 'L',
  [oid.stateOrProvinceName]: 'ST',
  [oid.streetAddress]: 'STREET',
  [oid.organizationName]: 'O',
  [oid.organizationalUnitName]: 'OU',
  [oid.title]: 'title',
  [oid.postalCode]: 'postalCode',
  [oid.givenName]: 'givenName',
  [oid.initials]: 'initials',
  [oid.generationQualifier]: 'generationQualifier',
  [oid.dnQualifier]: 'dnQualifier',
  [oid.pseudonym]: 'pseudonym',
  [oid.organizationIdentifier]: 'organizationIdentifier',
  [oid.domainComponent]: 'DC',
  [oid.userId]: 'UID',
  [oid.emailAddress]: 'emailAddress',
};

/** A name as RFC 4514 writes it: leaf first. Unknown attribute types as dotted object identifiers. */
export function formatName(name: Name): string {
  return name.map(formatRelative).reverse().join(',');
}

function formatRelative(relative: readonly AttributeTypeAndValue[]): string {
  return relative.map(formatAttribute).join('+');
}

function formatAttribute({ type, value }: AttributeTypeAndValue): string {
  return `${shortNames[type] ?? type}=${escapeValue(value)}`;
}

// RFC 4514 2.4, and control characters as hex pairs so that the text is safe in a log.
function escapeValue(value: string): string {
  return value
    .replaceAll(/[\\",+;<>]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeOctets);
}

function escapeOctets(character: string): string {
  return Array.from(new TextEncoder().encode(character), (octet) => `\\${octet.toString(16).padStart(2, '0')}`).join(
    '',
  );
}
