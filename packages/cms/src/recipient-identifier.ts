import { type DerReader, derInteger, derOctetString, derSequence, tlv } from '@see/asn1';
import { keyIdentifierOf, parseSpki } from '@see/x509';
import { CmsError } from './cms-error.ts';

/**
 * By what a recipient finds their part of an envelope (RFC 5652 6.2.1): the identifier of a bare key, or issuer (a DER
 * Name) and serial number of a certificate.
 */
export type RecipientIdentifier =
  | { readonly kind: 'key'; readonly keyId: Uint8Array }
  | { readonly kind: 'certificate'; readonly issuerDer: Uint8Array; readonly serial: Uint8Array };

/** How a bare public key is named in an envelope: 20 octets, as a certificate of ours would name it (RFC 7093 2, method 1). */
export function keyIdOf(spki: Uint8Array): Uint8Array {
  return keyIdentifierOf(parseSpki(spki));
}

const KEY_TAG = 0x80;

/** Version of the KeyTransRecipientInfo that goes with the identifier. */
export function versionOf({ kind }: RecipientIdentifier): 0 | 2 {
  return kind === 'certificate' ? 0 : 2;
}

export function encodeIdentifier(identifier: RecipientIdentifier): Uint8Array {
  return identifier.kind === 'key'
    ? tlv(KEY_TAG, identifier.keyId)
    : derSequence(identifier.issuerDer, derInteger(identifier.serial));
}

/** Reads an identifier that must go with the version. Throws CmsError `malformed` or DerError. */
export function readIdentifier(reader: DerReader, version: number): RecipientIdentifier {
  const kind = reader.peekTag() === KEY_TAG ? 'key' : 'certificate';
  if (version !== (kind === 'key' ? 2 : 0))
    throw new CmsError('malformed', 'the version of a recipient does not go with how it is named (RFC 5652 6.2.1)');
  if (kind === 'key') return { kind, keyId: reader.octetString(KEY_TAG) };
  const pair = reader.sequence();
  const issuerDer = pair.any();
  const content = pair.integerBytes();
  pair.end();
  return { kind, issuerDer, serial: content[0] === 0 && content.length > 1 ? content.subarray(1) : content };
}

/** Whether two identifiers name the same recipient. */
export function sameRecipient(one: RecipientIdentifier, other: RecipientIdentifier): boolean {
  return derOctetString(encodeIdentifier(one)).toHex() === derOctetString(encodeIdentifier(other)).toHex();
}
