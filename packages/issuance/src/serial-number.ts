declare const brand: unique symbol;

/** Content octets of a certificate serial number: 16 octets, positive, 126 random bits (PRF-0.2). */
export type SerialNumber = Uint8Array & { readonly [brand]: true };

/**
 * Makes a serial number of 16 random octets: the top bit is cleared and the next one set, so that every number is
 * positive and 16 octets long. Unpredictable if `random` is; unique only with the database's constraint.
 */
export function serialNumber(random: Uint8Array): SerialNumber {
  if (random.length !== 16) throw new RangeError('sixteen random octets are needed');
  const serial = Uint8Array.from(random);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial as SerialNumber;
}
