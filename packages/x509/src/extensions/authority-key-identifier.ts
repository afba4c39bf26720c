import { DerReader, derImplicit, derOctetString, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import type { GeneralName } from '../general-name.ts';
import { oid } from '../oids.ts';
import { readGeneralNames } from '../parse-general-names.ts';

export interface AuthorityKeyIdentifier {
  readonly keyIdentifier?: Uint8Array;
  readonly authorityCertIssuer?: readonly GeneralName[];
  readonly authorityCertSerialNumber?: Uint8Array;
}

/** keyIdentifier only (PRF-0.11), not critical. */
export function authorityKeyIdentifier(keyIdentifier: Uint8Array): Extension {
  const value = derSequence(derImplicit(0, derOctetString(keyIdentifier)));
  return { oid: oid.authorityKeyIdentifier, critical: false, value };
}

export function parseAuthorityKeyIdentifier(value: Uint8Array): AuthorityKeyIdentifier {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  const result: {
    keyIdentifier?: Uint8Array;
    authorityCertIssuer?: readonly GeneralName[];
    authorityCertSerialNumber?: Uint8Array;
  } = {};
  if (sequence.peekTag() === 0x80) result.keyIdentifier = sequence.octetString(0x80);
  const issuer = sequence.optionalExplicit(1);
  if (issuer !== undefined) result.authorityCertIssuer = readGeneralNames(issuer, 'lenient');
  if (sequence.peekTag() === 0x82) result.authorityCertSerialNumber = sequence.integerBytes(0x82);
  sequence.end();
  return result;
}
