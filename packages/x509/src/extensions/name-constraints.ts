import { DerReader, derExplicit, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { encodeGeneralName, type GeneralName } from '../general-name.ts';
import { oid } from '../oids.ts';
import { readGeneralName } from '../parse-general-names.ts';
import { X509Error } from '../x509-error.ts';

/** The base of a GeneralSubtree; minimum and maximum do not occur (RFC 5280 4.2.1.10). An iPAddress is address and mask. */
export type GeneralSubtree = GeneralName;

export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
}

const MAX_SUBTREES = 1024;

/** Critical. Throws `bad-extension` for none at all and for addresses that are not 8 or 32 octets. */
export function nameConstraints({ permitted, excluded }: NameConstraints): Extension {
  check(permitted, excluded);
  const parts: Uint8Array[] = [];
  if (permitted.length > 0) parts.push(derExplicit(0, ...permitted.map(encodeSubtree)));
  if (excluded.length > 0) parts.push(derExplicit(1, ...excluded.map(encodeSubtree)));
  return { oid: oid.nameConstraints, critical: true, value: derSequence(...parts) };
}

function encodeSubtree(base: GeneralSubtree): Uint8Array {
  return derSequence(encodeGeneralName(base));
}

export function parseNameConstraints(value: Uint8Array): NameConstraints {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  const permitted = readSubtrees(sequence.optionalExplicit(0));
  const excluded = readSubtrees(sequence.optionalExplicit(1));
  sequence.end();
  check(permitted, excluded);
  return { permitted, excluded };
}

function readSubtrees(reader: DerReader | undefined): GeneralSubtree[] {
  if (reader === undefined) return [];
  if (reader.atEnd) refuse('a list of subtrees is empty');
  const subtrees: GeneralSubtree[] = [];
  while (!reader.atEnd) {
    if (subtrees.length === MAX_SUBTREES) refuse(`more than ${MAX_SUBTREES} subtrees`);
    const item = reader.sequence();
    subtrees.push(readGeneralName(item));
    if (!item.atEnd) refuse('minimum or maximum is given');
  }
  return subtrees;
}

function check(permitted: readonly GeneralSubtree[], excluded: readonly GeneralSubtree[]): void {
  if (permitted.length + excluded.length === 0) refuse('nameConstraints is empty');
  for (const list of [permitted, excluded]) {
    for (const base of list) {
      if (base.kind === 'iPAddress' && base.bytes.length !== 8 && base.bytes.length !== 32) {
        refuse('an address constraint is not address and mask');
      }
    }
  }
}

function refuse(message: string): never {
  throw new X509Error('bad-extension', 'RFC 5280 4.2.1.10', message);
}
