import { crockford } from './crockford.ts';

/** A person's permanent id: 80 random bits, assigned by us, never re-used, no number of another agency (GOV-19, RP-5). */
export type PersonId = string;

const PERSON_ID = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** Makes a person id of ten random octets. */
export function personId(random: Uint8Array): PersonId {
  if (random.length !== 10) throw new RangeError('ten random octets are needed');
  return crockford(random);
}

/** Whether text has the form of a person id; not whether such a person exists. */
export function isPersonId(text: unknown): text is PersonId {
  return typeof text === 'string' && PERSON_ID.test(text);
}
