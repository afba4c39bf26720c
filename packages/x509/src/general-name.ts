import { derExplicit, derIa5, derImplicit, derOctetString, derOid, derSequence } from '@see/asn1';
import { encodeName, type Name } from './name.ts';

/** GeneralName of RFC 5280 4.2.1.6. `value` of an otherName is the DER inside its `[0]`. */
export type GeneralName =
  | { readonly kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly value: string }
  | { readonly kind: 'iPAddress'; readonly bytes: Uint8Array }
  | { readonly kind: 'directoryName'; readonly name: Name }
  | { readonly kind: 'otherName'; readonly oid: string; readonly value: Uint8Array }
  | { readonly kind: 'registeredID'; readonly oid: string }
  | { readonly kind: 'x400Address' | 'ediPartyName'; readonly der: Uint8Array };

/** DER of one general name. Throws DerError `bad-string` for text that is not ASCII. NOT checked: what it says. */
export function encodeGeneralName(name: GeneralName): Uint8Array {
  switch (name.kind) {
    case 'rfc822Name':
      return derImplicit(1, derIa5(name.value));
    case 'dNSName':
      return derImplicit(2, derIa5(name.value));
    case 'uniformResourceIdentifier':
      return derImplicit(6, derIa5(name.value));
    case 'iPAddress':
      return derImplicit(7, derOctetString(name.bytes));
    case 'directoryName':
      return derExplicit(4, encodeName(name.name));
    case 'otherName':
      return derExplicit(0, derOid(name.oid), derExplicit(0, name.value));
    case 'registeredID':
      return derImplicit(8, derOid(name.oid));
    case 'x400Address':
    case 'ediPartyName':
      return name.der;
  }
}

/** DER of a GeneralNames SEQUENCE. */
export function encodeGeneralNames(names: readonly GeneralName[]): Uint8Array {
  return derSequence(...names.map(encodeGeneralName));
}
