// No letter or digit that is read for another: no i, l, o, 0, 1.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 6;
const GROUP_LENGTH = 4;

/**
 * A passphrase for a key file: six groups of four out of 31 signs, 118 bits, plain ASCII, so that every system
 * encodes it alike. The dashes belong to it. `random` fills an array with random octets.
 */
export function makePassphrase(random: (octets: Uint8Array<ArrayBuffer>) => void): string {
  const signs: string[] = [];
  const octets = new Uint8Array(64);
  while (signs.length < GROUPS * GROUP_LENGTH) {
    random(octets);
    // Octets from 248 up are thrown away: 248 = 8 * 31, so every sign is equally likely.
    for (const octet of octets) if (octet < 248) signs.push(ALPHABET.charAt(octet % 31));
  }
  const groups: string[] = [];
  for (let at = 0; at < GROUPS; at += 1) {
    groups.push(signs.slice(at * GROUP_LENGTH, (at + 1) * GROUP_LENGTH).join(''));
  }
  return groups.join('-');
}
