import { DerError, derIa5, derOid, derPrintable, derSequence, derSetOf, derUtf8 } from '@see/asn1';
import { oid } from './oids.ts';

export type AttributeEncoding = 'utf8' | 'printable' | 'ia5';

/** `value` is text. An attribute that is no character string (lenient reading only) is `#` and the hex of its DER. */
export interface AttributeTypeAndValue {
  readonly type: string;
  readonly value: string;
  readonly encoding?: AttributeEncoding;
}

/** A distinguished name: relative names from the root (C) to the leaf (CN), each a set of one or more attributes. */
export type Name = readonly (readonly AttributeTypeAndValue[])[];

/**
 * DER of a name. Encoding by type unless given: C, serialNumber, dnQualifier PrintableString; emailAddress and DC
 * IA5String; all others UTF8String. Throws DerError `bad-string` for characters that the type cannot carry. NOT checked:
 * lengths and the meaning of values (`parseName` checks them).
 */
export function encodeName(name: Name): Uint8Array {
  return derSequence(...name.map((relative) => derSetOf(relative.map(encodeAttribute))));
}

function encodeAttribute({ type, value, encoding }: AttributeTypeAndValue): Uint8Array {
  return derSequence(derOid(type), encodeValue(encoding ?? defaultEncoding(type), value));
}

function encodeValue(encoding: AttributeEncoding, value: string): Uint8Array {
  if (value.length === 0) throw new DerError('bad-string', 0, 'RFC 5280 App. A', 'an attribute value is empty');
  switch (encoding) {
    case 'printable':
      return derPrintable(value);
    case 'ia5':
      return derIa5(value);
    case 'utf8':
      return derUtf8(value);
  }
}

/** The string type that RFC 5280 (App. A.1) asks for this attribute type. */
export function defaultEncoding(type: string): AttributeEncoding {
  switch (type) {
    case oid.countryName:
    case oid.serialNumber:
    case oid.dnQualifier:
      return 'printable';
    case oid.emailAddress:
    case oid.domainComponent:
      return 'ia5';
    default:
      return 'utf8';
  }
}

/** The first value of an attribute type, from the root downwards. */
export function nameAttribute(name: Name, type: string): string | undefined {
  for (const relative of name) {
    for (const attribute of relative) if (attribute.type === type) return attribute.value;
  }
  return undefined;
}
