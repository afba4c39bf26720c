import { canonicalBytes, parseCanonical, statementDigest } from '@see/statement';
import { Fields } from './fields.ts';
import { isPersonId, type PersonId } from './person-id.ts';
import { refused } from './refusal.ts';

/** In what capacity somebody asks for a kept key (section 8.5). */
export const RECOVERY_CAPACITIES = ['self', 'manager', 'legal', 'official-information', 'security'] as const;
export type RecoveryCapacity = (typeof RECOVERY_CAPACITIES)[number];

/**
 * What two recovery agents see and sign before a kept key is opened. Times are seconds since 1970 UTC, digests
 * lower-case hex. All that decides who gets what and who is told of it is in here.
 */
export interface RecoveryContent {
  readonly v: 1;
  readonly instance: string;
  readonly recoveryId: string;
  readonly nonce: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** SHA-256 of the certificate whose key is asked for, and of its public key. */
  readonly certificate: string;
  readonly spkiSha256: string;
  /** Digest of the statement that names the agents of this key. */
  readonly agents: string;
  /** The holder of the key. */
  readonly subject: PersonId;
  readonly requester: PersonId;
  /** The agency that asks. */
  readonly agencyId: string;
  readonly capacity: RecoveryCapacity;
  /** The provision, warrant or instrument. */
  readonly legalBasis: string;
  readonly purpose: string;
  /** The span of the messages that are to be read. */
  readonly messagesFrom: number;
  readonly messagesUntil: number;
  /** The certificate to which the key is encrypted, DER, base64. */
  readonly recipient: string;
  /** The person in that certificate; null when it names none. */
  readonly recipientPerson: PersonId | null;
  /** The reason in law why the holder is not told; null when the holder is told. */
  readonly suppressNotice: string | null;
}

/** A recovery ends by itself when it is not released within this. */
export const RECOVERY_WITHIN_SECONDS = 72 * 3600;
/** What was opened for a released recovery is erased after this at the latest. */
export const RECOVERY_CLOSES_AFTER_SECONDS = 7 * 86_400;

const HEX32 = /^[0-9a-f]{64}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MAX_TIME = 253_402_300_799;

/** The digest that agents sign, of the canonical bytes. */
export function recoveryDigest(bytes: Uint8Array): Uint8Array {
  return statementDigest('key-recovery', bytes);
}

/** Canonical bytes and digest of what agents sign. */
export function writeRecoveryContent(content: RecoveryContent): { bytes: Uint8Array; digest: Uint8Array } {
  const bytes = canonicalBytes(content);
  readRecoveryContent(bytes);
  return { bytes, digest: recoveryDigest(bytes) };
}

/**
 * Reads such bytes: canonical, every member known and in range. Throws RefusedError or CanonicalError. Not checked:
 * whether a copy of the key is kept, who the persons are, and whether the recipient's certificate is good.
 */
export function readRecoveryContent(bytes: Uint8Array): RecoveryContent {
  const value = parseCanonical(bytes);
  const fields = new Fields(value, '$');
  fields.integer('v', 1, 1);
  fields.text('instance', UUID);
  fields.text('recoveryId', UUID);
  fields.text('nonce', /^[A-Za-z0-9_-]{22,64}$/);
  const createdAt = fields.integer('createdAt', 0, MAX_TIME);
  fields.integer('expiresAt', createdAt + 1, createdAt + RECOVERY_WITHIN_SECONDS);
  fields.text('certificate', HEX32);
  fields.text('spkiSha256', HEX32);
  fields.text('agents', /^[0-9a-f]{96}$/);
  const persons = [fields.text('subject'), fields.text('requester')];
  fields.text('agencyId', /^[a-z0-9][a-z0-9-]{0,62}$/);
  fields.oneOf('capacity', RECOVERY_CAPACITIES);
  fields.text('legalBasis', undefined, 400);
  fields.text('purpose', undefined, 1000);
  const from = fields.integer('messagesFrom', 0, MAX_TIME);
  fields.integer('messagesUntil', from, MAX_TIME);
  fields.text('recipient', /^[A-Za-z0-9+/]+={0,2}$/, 12_000);
  const recipientPerson = fields.optionalText('recipientPerson');
  fields.optionalText('suppressNotice', undefined, 400);
  fields.end();
  if (![...persons, ...(recipientPerson === null ? [] : [recipientPerson])].every(isPersonId))
    throw refused('bad-recovery', 'holder, requester and recipient are person ids');
  return value as unknown as RecoveryContent;
}
