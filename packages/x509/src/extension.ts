import { DerReader, derBoolean, derOctetString, derOid, derSequence } from '@see/asn1';
import { X509Error } from './x509-error.ts';

/** An extension of a certificate, a CRL, a CRL entry, a request or an OCSP message. `value` is the DER in extnValue. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const MAX_EXTENSIONS = 64;

/** DER of one Extension; `critical` is written only where it is true. */
export function encodeExtension({ oid, critical, value }: Extension): Uint8Array {
  return critical
    ? derSequence(derOid(oid), derBoolean(true), derOctetString(value))
    : derSequence(derOid(oid), derOctetString(value));
}

/** DER of an Extensions SEQUENCE in the order given. Throws `duplicate-extension` and, for none at all, `bad-extension`. */
export function encodeExtensions(extensions: readonly Extension[]): Uint8Array {
  if (extensions.length === 0) throw new X509Error('bad-extension', 'RFC 5280 4.1', 'a list of extensions is empty');
  for (let index = 1; index < extensions.length; index++) {
    const { oid } = extensions[index] as Extension;
    if (extensions.findIndex((each) => each.oid === oid) !== index) duplicate(oid);
  }
  return derSequence(...extensions.map(encodeExtension));
}

/**
 * Reads an Extensions SEQUENCE: at least one, at most 64, none twice, `critical FALSE` not written out. Throws DerError or
 * X509Error. NOT checked: the values.
 */
export function readExtensions(reader: DerReader): Extension[] {
  const sequence = reader.sequence();
  if (sequence.atEnd) throw new X509Error('bad-extension', 'RFC 5280 4.1', 'a list of extensions is empty');
  const extensions: Extension[] = [];
  while (!sequence.atEnd) {
    const item = sequence.sequence();
    const oid = item.oid();
    const critical = item.optionalBoolean(false);
    const value = item.octetString();
    item.end();
    for (let index = 0; index < extensions.length; index++) {
      if ((extensions[index] as Extension).oid === oid) duplicate(oid);
    }
    if (extensions.length === MAX_EXTENSIONS) {
      throw new X509Error('bad-extension', 'limit', `more than ${MAX_EXTENSIONS} extensions`);
    }
    extensions.push({ oid, critical, value });
  }
  return extensions;
}

/** As `readExtensions`, from the DER of the SEQUENCE alone. */
export function parseExtensions(der: Uint8Array): Extension[] {
  const reader = DerReader.of(der);
  const extensions = readExtensions(reader);
  reader.end();
  return extensions;
}

/** The extension with this object identifier, if it is there. */
export function findExtension(extensions: readonly Extension[], oid: string): Extension | undefined {
  for (let index = 0; index < extensions.length; index++) {
    const extension = extensions[index] as Extension;
    if (extension.oid === oid) return extension;
  }
  return undefined;
}

function duplicate(oid: string): never {
  throw new X509Error('duplicate-extension', 'RFC 5280 4.2', `the extension ${oid} is there twice`);
}
