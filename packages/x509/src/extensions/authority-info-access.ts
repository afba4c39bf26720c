import { DerReader, derOid, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { encodeGeneralName } from '../general-name.ts';
import { oid } from '../oids.ts';
import { readGeneralName } from '../parse-general-names.ts';
import { checkUri } from '../uri.ts';
import { X509Error } from '../x509-error.ts';

export interface AuthorityInfoAccess {
  readonly ocsp?: readonly string[];
  readonly caIssuers?: readonly string[];
}

/** Not critical; OCSP pointers first. Throws `bad-extension` for none at all, `bad-uri`. */
export function authorityInfoAccess({ ocsp = [], caIssuers = [] }: AuthorityInfoAccess): Extension {
  if (ocsp.length + caIssuers.length === 0) empty();
  const descriptions = [
    ...ocsp.map((uri) => encodeDescription(oid.ocsp, uri)),
    ...caIssuers.map((uri) => encodeDescription(oid.caIssuers, uri)),
  ];
  return { oid: oid.authorityInfoAccess, critical: false, value: derSequence(...descriptions) };
}

function encodeDescription(method: string, uri: string): Uint8Array {
  checkUri(uri);
  return derSequence(derOid(method), encodeGeneralName({ kind: 'uniformResourceIdentifier', value: uri }));
}

/** URIs by method; other methods and other kinds of location are passed over. */
export function parseAuthorityInfoAccess(value: Uint8Array): Required<AuthorityInfoAccess> {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  if (sequence.atEnd) empty();
  const ocsp: string[] = [];
  const caIssuers: string[] = [];
  while (!sequence.atEnd) {
    const description = sequence.sequence();
    const method = description.oid();
    const location = readGeneralName(description);
    description.end();
    if (location.kind !== 'uniformResourceIdentifier') continue;
    if (method === oid.ocsp) ocsp.push(location.value);
    else if (method === oid.caIssuers) caIssuers.push(location.value);
  }
  return { ocsp, caIssuers };
}

function empty(): never {
  throw new X509Error('bad-extension', 'RFC 5280 4.2.2.1', 'authorityInfoAccess is empty');
}
