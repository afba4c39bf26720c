import { compareBytes, derExplicit, derInteger, derOid, derSequence, derSetOf } from '@see/asn1';
import { type Extension, encodeExtensions } from './extension.ts';
import { oid } from './oids.ts';
import type { CsrAttribute } from './parse-csr.ts';

export interface CsrTemplate {
  readonly subjectDer: Uint8Array;
  readonly spki: Uint8Array;
  /** Asked for in an extensionRequest attribute. */
  readonly extensions?: readonly Extension[];
  /** Further attributes; must not hold an extensionRequest where `extensions` is given. */
  readonly attributes?: readonly CsrAttribute[];
}

/** certificationRequestInfo (RFC 2986 4.1): the octets to sign. `assembleSigned` makes the request of them. */
export function buildCsrInfo({ subjectDer, spki, extensions = [], attributes = [] }: CsrTemplate): Uint8Array {
  const all = [...attributes];
  if (extensions.length > 0) all.push({ oid: oid.extensionRequest, values: [encodeExtensions(extensions)] });
  const encoded = all.map((each) => derSequence(derOid(each.oid), derSetOf(each.values))).sort(compareBytes);
  return derSequence(derInteger(0), subjectDer, spki, derExplicit(0, ...encoded));
}
