import { DerReader, derBoolean, derImplicit, derNamedBits, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { oid } from '../oids.ts';
import { X509Error } from '../x509-error.ts';
import { type DistributionPoint, encodeFullName, readDistributionPointName } from './crl-distribution-points.ts';

export interface IssuingDistributionPoint {
  readonly uris?: readonly string[];
  readonly onlyContainsUserCerts?: boolean;
  readonly onlyContainsCACerts?: boolean;
  /** Numbers of ReasonFlags bits. */
  readonly onlySomeReasons?: readonly number[];
  readonly indirectCRL?: boolean;
  readonly onlyContainsAttributeCerts?: boolean;
}

export interface ParsedIssuingDistributionPoint {
  readonly distributionPoint?: Pick<DistributionPoint, 'fullName' | 'relativeName'>;
  readonly onlyContainsUserCerts: boolean;
  readonly onlyContainsCACerts: boolean;
  /** Bit set by ReasonFlags. */
  readonly onlySomeReasons?: number;
  readonly indirectCRL: boolean;
  readonly onlyContainsAttributeCerts: boolean;
}

/** Critical. Throws `bad-extension` where it would be an empty SEQUENCE or contradict itself (REV-12). */
export function issuingDistributionPoint(point: IssuingDistributionPoint): Extension {
  const parts: Uint8Array[] = [];
  if (point.uris !== undefined) parts.push(encodeFullName(point.uris));
  if (point.onlyContainsUserCerts) parts.push(derImplicit(1, derBoolean(true)));
  if (point.onlyContainsCACerts) parts.push(derImplicit(2, derBoolean(true)));
  if (point.onlySomeReasons !== undefined) parts.push(derImplicit(3, derNamedBits(point.onlySomeReasons)));
  if (point.indirectCRL) parts.push(derImplicit(4, derBoolean(true)));
  if (point.onlyContainsAttributeCerts) parts.push(derImplicit(5, derBoolean(true)));
  if (parts.length === 0) refuse('issuingDistributionPoint is empty');
  checkScope(point.onlyContainsUserCerts, point.onlyContainsCACerts, point.onlyContainsAttributeCerts);
  return { oid: oid.issuingDistributionPoint, critical: true, value: derSequence(...parts) };
}

export function parseIssuingDistributionPoint(value: Uint8Array): ParsedIssuingDistributionPoint {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  if (sequence.atEnd) refuse('issuingDistributionPoint is empty');
  const name = sequence.optionalExplicit(0);
  const distributionPoint = name === undefined ? undefined : readDistributionPointName(name);
  const onlyContainsUserCerts = sequence.optionalBoolean(false, 0x81);
  const onlyContainsCACerts = sequence.optionalBoolean(false, 0x82);
  const onlySomeReasons = sequence.peekTag() === 0x83 ? sequence.namedBits(0x83) : undefined;
  const indirectCRL = sequence.optionalBoolean(false, 0x84);
  const onlyContainsAttributeCerts = sequence.optionalBoolean(false, 0x85);
  sequence.end();
  checkScope(onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts);
  return {
    onlyContainsUserCerts,
    onlyContainsCACerts,
    indirectCRL,
    onlyContainsAttributeCerts,
    ...(distributionPoint === undefined ? {} : { distributionPoint }),
    ...(onlySomeReasons === undefined ? {} : { onlySomeReasons }),
  };
}

// RFC 5280 5.2.5: at most one of the three.
function checkScope(...flags: readonly (boolean | undefined)[]): void {
  if (flags.filter((flag) => flag === true).length > 1)
    refuse('issuingDistributionPoint is limited to two kinds at once');
}

function refuse(message: string): never {
  throw new X509Error('bad-extension', 'RFC 5280 5.2.5', message);
}
