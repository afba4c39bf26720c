import { DerReader, derBoolean, derInteger, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { X509Error } from '../x509-error.ts';

export interface BasicConstraints {
  readonly cA: boolean;
  readonly pathLen?: number;
}

/** Critical. `cA: false` is exactly `3000`. Throws `bad-extension` for a pathLen without cA (RFC 5280 4.2.1.9). */
export function basicConstraints({ cA, pathLen }: BasicConstraints): Extension {
  if (!cA && pathLen !== undefined) refuse();
  const parts = cA ? [derBoolean(true)] : [];
  if (pathLen !== undefined) parts.push(derInteger(pathLen));
  return { oid: oid.basicConstraints, critical: true, value: derSequence(...parts) };
}

export function parseBasicConstraints(value: Uint8Array): BasicConstraints {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  const cA = sequence.optionalBoolean(false);
  if (sequence.atEnd) return { cA };
  const pathLen = sequence.smallInteger();
  sequence.end();
  if (!cA) refuse();
  return { cA, pathLen };
}

function refuse(): never {
  throw new X509Error('bad-extension', 'RFC 5280 4.2.1.9', 'pathLenConstraint without cA');
}
