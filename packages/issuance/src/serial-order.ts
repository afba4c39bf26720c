import { compareSerialOctets, type RevokedFields } from '@see/x509';

/** Where the content octets of a serial number are. */
export type SerialPlace = Pick<RevokedFields, 'octets' | 'at' | 'length'>;

/** Negative, zero or positive: positive numbers in their shortest form, so that the longer one is the larger one. */
export function compareSerials(one: SerialPlace, other: SerialPlace): number {
  return compareSerialOctets(one.octets, one.at, one.length, other.octets, other.at, other.length);
}

/** The content octets of a serial number, in lower-case hex. */
export function serialHex({ octets, at, length }: SerialPlace): string {
  return octets.subarray(at, at + length).toHex();
}

type Said = Pick<RevokedFields, 'revokedAt' | 'reason' | 'invalidSince'>;

/** Whether two entries of one serial number say the same. */
export function sameEntry(one: Said, other: Said): boolean {
  return one.revokedAt === other.revokedAt && one.reason === other.reason && one.invalidSince === other.invalidSince;
}
