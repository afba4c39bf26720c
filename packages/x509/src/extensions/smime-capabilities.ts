import { DerReader, derOid, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { X509Error } from '../x509-error.ts';

/** Not critical: algorithms without parameters, the preferred first (RFC 4262). */
export function smimeCapabilities(algorithms: readonly string[]): Extension {
  if (algorithms.length === 0) throw new X509Error('bad-extension', 'RFC 4262', 'sMIMECapabilities is empty');
  const value = derSequence(...algorithms.map((algorithm) => derSequence(derOid(algorithm))));
  return { oid: oid.smimeCapabilities, critical: false, value };
}

/** Object identifiers only; parameters are passed over. */
export function parseSmimeCapabilities(value: Uint8Array): string[] {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  const algorithms: string[] = [];
  while (!sequence.atEnd) {
    const capability = sequence.sequence();
    algorithms.push(capability.oid());
    if (!capability.atEnd) capability.any();
    capability.end();
  }
  return algorithms;
}
