import { DerReader, derExplicit, derSequence } from '@see/asn1';
import type { Extension } from '../extension.ts';
import { encodeGeneralName, type GeneralName } from '../general-name.ts';
import { oid } from '../oids.ts';
import { readGeneralNames } from '../parse-general-names.ts';
import { checkUri } from '../uri.ts';
import { X509Error } from '../x509-error.ts';

/** DistributionPoint of RFC 5280 4.2.1.13. `reasons` is a bit set by ReasonFlags, `relativeName` the DER of that choice. */
export interface DistributionPoint {
  readonly fullName?: readonly GeneralName[];
  readonly relativeName?: Uint8Array;
  readonly reasons?: number;
  readonly crlIssuer?: readonly GeneralName[];
}

/** Not critical: one distribution point whose fullName holds all the URIs. Throws `bad-extension`, `bad-uri`. */
export function crlDistributionPoints(uris: readonly string[]): Extension {
  return { oid: oid.crlDistributionPoints, critical: false, value: encodeDistributionPoints(uris) };
}

export function encodeDistributionPoints(uris: readonly string[]): Uint8Array {
  return derSequence(derSequence(encodeFullName(uris)));
}

/** `distributionPoint [0]` with a fullName of these URIs. */
export function encodeFullName(uris: readonly string[]): Uint8Array {
  if (uris.length === 0) throw new X509Error('bad-extension', 'RFC 5280 4.2.1.13', 'a distribution point without URI');
  for (const uri of uris) checkUri(uri);
  const names = uris.map((uri) => encodeGeneralName({ kind: 'uniformResourceIdentifier', value: uri }));
  return derExplicit(0, derExplicit(0, ...names));
}

export function parseCrlDistributionPoints(value: Uint8Array): DistributionPoint[] {
  const reader = DerReader.of(value);
  const sequence = reader.sequence();
  reader.end();
  const points: DistributionPoint[] = [];
  while (!sequence.atEnd) {
    if (points.length === 1000) throw new X509Error('bad-extension', 'limit', 'more than 1000 distribution points');
    points.push(readDistributionPoint(sequence.sequence()));
  }
  if (points.length === 0) throw new X509Error('bad-extension', 'RFC 5280 4.2.1.13', 'no distribution point');
  return points;
}

function readDistributionPoint(item: DerReader): DistributionPoint {
  const point: {
    fullName?: readonly GeneralName[];
    relativeName?: Uint8Array;
    reasons?: number;
    crlIssuer?: readonly GeneralName[];
  } = {};
  const name = item.optionalExplicit(0);
  if (name !== undefined) Object.assign(point, readDistributionPointName(name));
  if (item.peekTag() === 0x81) point.reasons = item.namedBits(0x81);
  const issuer = item.optionalExplicit(2);
  if (issuer !== undefined) point.crlIssuer = readGeneralNames(issuer, 'lenient');
  item.end();
  if (point.fullName === undefined && point.relativeName === undefined && point.crlIssuer === undefined) {
    throw new X509Error('bad-extension', 'RFC 5280 4.2.1.13', 'a distribution point without name and issuer');
  }
  return point;
}

/** DistributionPointName, from a reader inside its tag. */
export function readDistributionPointName(reader: DerReader): Pick<DistributionPoint, 'fullName' | 'relativeName'> {
  const full = reader.optionalExplicit(0);
  if (full !== undefined) {
    reader.end();
    return { fullName: readGeneralNames(full, 'lenient') };
  }
  if (reader.peekTag() !== 0xa1) {
    throw new X509Error('bad-extension', 'RFC 5280 4.2.1.13', 'a distribution point name is neither full nor relative');
  }
  const relativeName = reader.any();
  reader.end();
  return { relativeName };
}

/** The URIs of the full names of the points, in order. */
export function distributionPointUris(points: readonly DistributionPoint[]): string[] {
  const uris: string[] = [];
  for (const { fullName } of points) {
    for (const name of fullName ?? []) if (name.kind === 'uniformResourceIdentifier') uris.push(name.value);
  }
  return uris;
}
