import { randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses; ASCII, so that every program reads the passphrase alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A passphrase of 24 characters in groups of four, about 118 random bits. */
export function generatedPassphrase(): string {
  const groups = Array.from({ length: 6 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  );
  return groups.join('-');
}
