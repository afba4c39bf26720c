import { DerReader, tag } from '@see/asn1';
import { checkDnsName } from './dns-name.ts';
import type { GeneralName } from './general-name.ts';
import { checkMailAddress } from './mail-address.ts';
import { hasForbiddenCharacter, isAscii } from './name-characters.ts';
import { oid } from './oids.ts';
import { readName } from './parse-name.ts';
import type { Strictness } from './strictness.ts';
import { checkUri } from './uri.ts';
import { X509Error } from './x509-error.ts';

const MAX_NAMES = 100;
const MAX_NAMES_LENIENT = 10_000;
const MAX_TEXT = 4096;

/**
 * Reads a GeneralNames SEQUENCE of at least one name. Strict: at most 100 names, each fit to be certified (see
 * `checkDnsName`, `checkMailAddress`, `checkUri`), addresses of 4 or 16 octets, no x400Address or ediPartyName. Throws
 * DerError or X509Error. NOT checked: who owns the names.
 */
export function parseGeneralNames(
  der: Uint8Array,
  strictness: Strictness = 'strict',
  maxNames?: number,
): GeneralName[] {
  const reader = DerReader.of(der);
  const names = readGeneralNames(reader.sequence(), strictness, maxNames);
  reader.end();
  return names;
}

/** As `parseGeneralNames`, from a reader that stands inside the SEQUENCE; reads to its end. */
export function readGeneralNames(
  sequence: DerReader,
  strictness: Strictness,
  maxNames: number = strictness === 'strict' ? MAX_NAMES : MAX_NAMES_LENIENT,
): GeneralName[] {
  if (sequence.atEnd) throw new X509Error('bad-general-name', 'RFC 5280 4.2.1.6', 'a list of names is empty');
  const names: GeneralName[] = [];
  while (!sequence.atEnd) {
    if (names.length === maxNames) {
      throw new X509Error('too-many-names', 'limit', `more than ${maxNames} names, split the request`);
    }
    const name = readGeneralName(sequence);
    if (strictness === 'strict') checkGeneralName(name);
    names.push(name);
  }
  return names;
}

/** Reads one GeneralName and checks its DER only. */
export function readGeneralName(reader: DerReader): GeneralName {
  switch (reader.peekTag()) {
    case 0xa0:
      return readOtherName(reader.explicit(0));
    case 0x81:
      return { kind: 'rfc822Name', value: reader.ia5(0x81) };
    case 0x82:
      return { kind: 'dNSName', value: reader.ia5(0x82) };
    case 0xa3:
      return { kind: 'x400Address', der: reader.any() };
    case 0xa4:
      return readDirectoryName(reader.explicit(4));
    case 0xa5:
      return { kind: 'ediPartyName', der: reader.any() };
    case 0x86:
      return { kind: 'uniformResourceIdentifier', value: reader.ia5(0x86) };
    case 0x87:
      return { kind: 'iPAddress', bytes: reader.octetString(0x87) };
    case 0x88:
      return { kind: 'registeredID', oid: reader.oid(0x88) };
    default:
      reader.any();
      throw new X509Error('bad-general-name', 'RFC 5280 4.2.1.6', 'a general name has a tag that does not exist');
  }
}

function readOtherName(inner: DerReader): GeneralName {
  const type = inner.oid();
  const wrapper = inner.explicit(0);
  inner.end();
  const value = wrapper.any();
  wrapper.end();
  return { kind: 'otherName', oid: type, value };
}

function readDirectoryName(inner: DerReader): GeneralName {
  const name = readName(inner, 'lenient');
  inner.end();
  return { kind: 'directoryName', name };
}

/** Throws X509Error where a general name is not fit to be certified; see `parseGeneralNames`. */
export function checkGeneralName(name: GeneralName): void {
  switch (name.kind) {
    case 'rfc822Name':
      checkMailAddress(name.value);
      return;
    case 'dNSName':
      checkDnsName(name.value, { wildcard: true });
      return;
    case 'uniformResourceIdentifier':
      checkUri(name.value);
      return;
    case 'iPAddress':
      if (name.bytes.length !== 4 && name.bytes.length !== 16) {
        throw new X509Error('bad-ip-address', 'RFC 5280 4.2.1.6', `an IP address of ${name.bytes.length} octets`);
      }
      return;
    case 'directoryName':
      checkDirectoryName(name);
      return;
    case 'otherName':
      checkOtherName(name.oid, name.value);
      return;
    case 'registeredID':
      return;
    case 'x400Address':
    case 'ediPartyName':
      throw new X509Error('bad-general-name', 'PRF-0.9', `names of the kind ${name.kind} are not used`);
  }
}

function checkDirectoryName(name: Extract<GeneralName, { kind: 'directoryName' }>): void {
  for (const relative of name.name) {
    for (const { value } of relative) {
      if (value.length === 0 || value.length > MAX_TEXT || value.startsWith('#') || hasForbiddenCharacter(value)) {
        throw new X509Error(
          'bad-name',
          'RFC 5280 4.1.2.4',
          'a directory name has a value that is empty, long or unsafe',
        );
      }
    }
  }
}

// The two other names in use carry text: it obeys the same rules as the rest.
function checkOtherName(type: string, value: Uint8Array): void {
  if (type !== oid.smtpUtf8Mailbox && type !== oid.userPrincipalName) return;
  const reader = DerReader.of(value);
  const text = reader.stringAs(tag.utf8String, tag.utf8String);
  reader.end();
  if (hasForbiddenCharacter(text) || text.length > 320 || !/^[^\s@"<>]+@[^\s@"<>]+$/u.test(text)) {
    throw new X509Error('bad-mail-address', 'RFC 9598 3', 'an other name is not of the form local@domain');
  }
  const domain = text.slice(text.indexOf('@') + 1);
  if (type === oid.smtpUtf8Mailbox) {
    if (isAscii(text)) {
      throw new X509Error('bad-mail-address', 'RFC 9598 3', 'an ASCII address belongs into rfc822Name');
    }
    if (domain !== domain.toLowerCase())
      throw new X509Error('bad-mail-address', 'RFC 9598 3', 'a domain is not lower case');
    checkDnsName(domain, { wildcard: false });
  }
}
