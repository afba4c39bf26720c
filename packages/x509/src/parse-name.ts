import { compareBytes, DerError, DerReader, tag } from '@see/asn1';
import { toHex } from './hex.ts';
import { checkMailAddress } from './mail-address.ts';
import type { AttributeTypeAndValue, Name } from './name.ts';
import { hasForbiddenCharacter, printable } from './name-characters.ts';
import { oid } from './oids.ts';
import type { Strictness } from './strictness.ts';
import { X509Error } from './x509-error.ts';

const MAX_RDNS = 32;
const MAX_ATTRIBUTES = 8;
const DEFAULT_UPPER_BOUND = 256;

// Characters, RFC 5280 App. A.1 and X.520.
const upperBounds: Readonly<Record<string, number>> = {
  [oid.countryName]: 2,
  [oid.commonName]: 64,
  [oid.organizationName]: 64,
  [oid.organizationalUnitName]: 64,
  [oid.title]: 64,
  [oid.serialNumber]: 64,
  [oid.dnQualifier]: 64,
  [oid.localityName]: 128,
  [oid.stateOrProvinceName]: 128,
  [oid.streetAddress]: 128,
  [oid.pseudonym]: 128,
  [oid.postalCode]: 40,
  [oid.emailAddress]: 255,
  [oid.domainComponent]: 63,
};

/** Most characters that an attribute of this type may have (RFC 5280 App. A.1); 256 for types without a bound there. */
export function upperBound(type: string): number {
  return upperBounds[type] ?? DEFAULT_UPPER_BOUND;
}

/**
 * Reads a Name. Both ways: at most 32 relative names of at most 8 attributes, no attribute type twice in one of them,
 * their order as DER demands. Strict besides: every value a character string, not empty, within its upper bound, without
 * control or format characters, mail addresses well formed. Throws DerError or X509Error (`bad-name`).
 */
export function parseName(der: Uint8Array, strictness: Strictness = 'strict'): Name {
  const reader = DerReader.of(der);
  const name = readName(reader, strictness);
  reader.end();
  return name;
}

/** As `parseName`, from a reader that stands before the Name. */
export function readName(reader: DerReader, strictness: Strictness): Name {
  const sequence = reader.sequence();
  const name: (readonly AttributeTypeAndValue[])[] = [];
  while (!sequence.atEnd) {
    if (name.length === MAX_RDNS) refuse(`a name has more than ${MAX_RDNS} relative names`);
    name.push(readRelativeName(sequence.set(), strictness));
  }
  return name;
}

function readRelativeName(set: DerReader, strictness: Strictness): readonly AttributeTypeAndValue[] {
  const first = readAttribute(set, strictness);
  if (set.atEnd) return [first.attribute];
  const attributes = [first.attribute];
  let previous = first.der;
  while (!set.atEnd) {
    const at = set.offset;
    const next = readAttribute(set, strictness);
    if (attributes.length === MAX_ATTRIBUTES) refuse(`a relative name has more than ${MAX_ATTRIBUTES} attributes`);
    if (attributes.some((each) => each.type === next.attribute.type)) {
      refuse(`a relative name has the attribute ${next.attribute.type} twice`);
    }
    if (compareBytes(previous, next.der) > 0) {
      throw new DerError('set-order', at, 'X.690 11.6', 'the attributes of a relative name are not in order');
    }
    attributes.push(next.attribute);
    previous = next.der;
  }
  return attributes;
}

function readAttribute(
  set: DerReader,
  strictness: Strictness,
): { readonly attribute: AttributeTypeAndValue; readonly der: Uint8Array } {
  const start = set.offset;
  const sequence = set.sequence();
  const type = sequence.oid();
  const attribute = readValue(sequence, type, strictness);
  sequence.end();
  if (strictness === 'strict') checkValue(attribute);
  return { attribute, der: set.bytes.subarray(start, set.offset) };
}

function readValue(sequence: DerReader, type: string, strictness: Strictness): AttributeTypeAndValue {
  switch (sequence.peekTag()) {
    case tag.utf8String:
      return { type, value: sequence.utf8(), encoding: 'utf8' };
    case tag.printableString:
      return { type, value: sequence.printable(), encoding: 'printable' };
    case tag.ia5String:
      return { type, value: sequence.ia5(), encoding: 'ia5' };
    case tag.bmpString:
    case tag.teletexString:
    case tag.universalString:
    case tag.numericString:
    case tag.visibleString:
      return { type, value: sequence.anyString() };
    default:
      if (strictness === 'lenient') return { type, value: `#${toHex(sequence.any())}` };
      return { type, value: sequence.anyString() };
  }
}

function checkValue({ type, value }: AttributeTypeAndValue): void {
  if (value.length === 0) refuse(`the attribute ${type} is empty`);
  const bound = upperBound(type);
  if (value.length > bound)
    refuse(`the attribute ${type} has ${value.length} characters, at most ${bound} are allowed`);
  if (hasForbiddenCharacter(value)) refuse(`the attribute ${type} holds a control character: ${printable(value)}`);
  if (type === oid.countryName && !/^[A-Za-z]{2}$/.test(value)) {
    refuse(`the country ${printable(value)} is not a code of two letters`);
  }
  if (type === oid.emailAddress) checkMailAddress(value);
}

function refuse(message: string): never {
  throw new X509Error('bad-name', 'RFC 5280 4.1.2.4', message);
}
