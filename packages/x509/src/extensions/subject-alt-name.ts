import type { Extension } from '../extension.ts';
import { encodeGeneralNames, type GeneralName } from '../general-name.ts';
import { oid } from '../oids.ts';
import { checkGeneralName, parseGeneralNames } from '../parse-general-names.ts';
import type { Strictness } from '../strictness.ts';
import { X509Error } from '../x509-error.ts';

/** Critical iff the subject is empty (RFC 5280 4.2.1.6): the caller says so. Names must be fit to be certified. */
export function subjectAltName(names: readonly GeneralName[], critical = false): Extension {
  if (names.length === 0) throw new X509Error('bad-extension', 'RFC 5280 4.2.1.6', 'subjectAltName without any name');
  for (const name of names) checkGeneralName(name);
  return { oid: oid.subjectAltName, critical, value: encodeGeneralNames(names) };
}

export function parseSubjectAltName(value: Uint8Array, strictness: Strictness = 'strict'): GeneralName[] {
  return parseGeneralNames(value, strictness);
}
